package io.jenkins.plugins.promise.farm.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Several places; the first that has a plugin counts. */
public final class PluginSources implements PluginSource {
    private final List<PluginSource> sources = new ArrayList<>();

    /**
     * Folders with plugins' files, and update centres' JSON files.
     *
     * @throws IOException naming the one that is neither
     */
    public PluginSources(List<Path> places) throws IOException {
        for (Path place : places) {
            sources.add(Files.isDirectory(place) ? new PluginFolder(place) : new UpdateCenter(place));
        }
    }

    @Override
    public Optional<Plugin> find(String name) throws IOException {
        for (PluginSource source : sources) {
            Optional<Plugin> plugin = source.find(name);
            if (plugin.isPresent()) {
                return plugin;
            }
        }
        return Optional.empty();
    }

    @Override
    public Optional<Path> file(String name) throws IOException {
        for (PluginSource source : sources) {
            if (source.find(name).isPresent()) {
                return source.file(name);
            }
        }
        return Optional.empty();
    }

    @Override
    public Collection<String> names() {
        TreeSet<String> names = new TreeSet<>();
        sources.forEach(s -> names.addAll(s.names()));
        return names;
    }

    @Override
    public String told() {
        return sources.stream().map(PluginSource::told).collect(Collectors.joining(" and "));
    }
}
