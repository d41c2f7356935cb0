package io.jenkins.plugins.promise.farm.plugin;

import java.net.URI;
import java.util.List;

/**
 * A plugin that can be had.
 *
 * @param name its short name
 * @param core the Jenkins that it needs at least; empty for any
 * @param sha256 its checksum, in hexadecimal digits
 * @param url where it is fetched from; null for the farm's mirror
 */
public record Plugin(
        String name, String version, String core, List<Dependency> dependencies, String sha256, String url) {
    /** Copies what it is given. */
    public Plugin {
        dependencies = List.copyOf(dependencies);
    }

    /** The same, fetched from there. */
    public Plugin at(URI address) {
        return new Plugin(name, version, core, dependencies, sha256, address.toString());
    }

    /**
     * Another plugin that one needs.
     *
     * @param version the one that it needs at least
     * @param optional whether it only matters where the other is there anyway
     */
    public record Dependency(String name, String version, boolean optional) {}
}
