package io.jenkins.plugins.promise.farm.plugin;

import java.io.IOException;
import java.util.Collection;
import java.util.Optional;

/** Where plugins can be had, one version of each. */
public interface PluginSource {
    /**
     * The plugin of that name.
     *
     * @throws IOException if it is there and cannot be read
     */
    Optional<Plugin> find(String name) throws IOException;

    /** The names of all. */
    Collection<String> names();

    /** What people call it. */
    String told();
}
