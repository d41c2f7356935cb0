package io.jenkins.plugins.promise.cli.farm;

import io.jenkins.plugins.promise.cli.CommandFailure;
import io.jenkins.plugins.promise.contract.yaml.Finding;
import io.jenkins.plugins.promise.farm.Farm;
import io.jenkins.plugins.promise.farm.plugin.FarmPlugins;
import io.jenkins.plugins.promise.farm.plugin.Plugin;
import io.jenkins.plugins.promise.farm.plugin.PluginSources;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The plugins of a farm's Jenkins, as they were found.
 *
 * @param all those that it gets; none of local controllers
 * @param here the files of those that are on this machine, by name
 */
record FoundPlugins(Collection<Plugin> all, Map<String, Path> here) {
    /**
     * Looks for them.
     *
     * @param places folders of plugins' files, and files {@code update-center.json}
     * @throws CommandFailure naming those that are missing or do not fit
     */
    static FoundPlugins in(List<Path> places, Farm farm) throws IOException {
        PluginSources sources = new PluginSources(places);
        List<Finding> findings = new ArrayList<>();
        Collection<Plugin> all = new FarmPlugins(farm).from(sources, findings);
        if (!findings.isEmpty()) {
            throw CommandFailure.of(findings);
        }
        Map<String, Path> here = new TreeMap<>();
        for (Plugin plugin : all) {
            sources.file(plugin.name()).ifPresent(file -> here.put(plugin.name(), file));
        }
        return new FoundPlugins(all, here);
    }
}
