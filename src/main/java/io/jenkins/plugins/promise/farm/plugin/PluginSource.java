package io.jenkins.plugins.promise.farm.plugin;

import java.io.IOException;
import java.nio.file.Path;
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

    /**
     * The file that has the plugin of that name on this machine; nothing if it is elsewhere.
     *
     * @throws IOException if it cannot be read
     */
    default Optional<Path> file(String name) throws IOException {
        return Optional.empty();
    }

    /** The names of all. */
    Collection<String> names();

    /** What people call it. */
    String told();
}
