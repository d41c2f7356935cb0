package io.jenkins.plugins.promise.farm.plugin;

import io.jenkins.plugins.promise.contract.yaml.Finding;
import io.jenkins.plugins.promise.contract.yaml.Nearest;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Finds plugins that are asked for, and all that they need, and tells what is missing or does not fit. */
public final class PluginResolver {
    private final PluginSource source;
    private final String core;

    /**
     * A resolver.
     *
     * @param core the version of Jenkins that they are for
     */
    public PluginResolver(PluginSource source, String core) {
        this.source = source;
        this.core = core;
    }

    /**
     * All plugins that are needed, by name.
     *
     * @param findings where everything that is wrong goes
     */
    public Collection<Plugin> resolve(List<PluginRequest> requests, List<Finding> findings) {
        Map<String, Plugin> found = new TreeMap<>();
        Map<String, PluginRequest> asked = new TreeMap<>();
        requests.forEach(r -> asked.putIfAbsent(r.name(), r));
        Deque<PluginRequest> open = new ArrayDeque<>(asked.values());
        while (!open.isEmpty()) {
            PluginRequest request = open.removeFirst();
            if (found.containsKey(request.name())) {
                continue;
            }
            find(request, findings).ifPresent(plugin -> {
                found.put(plugin.name(), plugin);
                for (Plugin.Dependency needed : plugin.dependencies()) {
                    if (!needed.optional() && !asked.containsKey(needed.name())) {
                        PluginRequest next = new PluginRequest(needed.name(), null, request.file(), request.line());
                        asked.put(needed.name(), next);
                        open.add(next);
                    }
                }
            });
        }
        found.values().forEach(plugin -> check(plugin, asked.get(plugin.name()), found, findings));
        return new ArrayList<>(found.values());
    }

    private Optional<Plugin> find(PluginRequest request, List<Finding> findings) {
        Optional<Plugin> plugin;
        try {
            plugin = source.find(request.name());
        } catch (IOException e) {
            findings.add(Finding.error(request.file(), request.line(), request.name(), e.getMessage()));
            return Optional.empty();
        }
        if (plugin.isEmpty()) {
            findings.add(Finding.error(
                    request.file(),
                    request.line(),
                    request.name(),
                    "is missing in " + source.told() + Nearest.hint(request.name(), source.names())));
        } else if (request.version() != null
                && !request.version().equals(plugin.get().version())) {
            findings.add(Finding.error(
                    request.file(),
                    request.line(),
                    request.name(),
                    "is asked for in version " + request.version() + ", and " + source.told() + " has "
                            + plugin.get().version()));
        }
        return plugin;
    }

    private void check(Plugin plugin, PluginRequest request, Map<String, Plugin> found, List<Finding> findings) {
        if (!plugin.core().isEmpty() && new PluginVersion(core).compareTo(new PluginVersion(plugin.core())) < 0) {
            findings.add(Finding.error(
                    request.file(),
                    request.line(),
                    plugin.name(),
                    plugin.version() + " needs Jenkins " + plugin.core() + ", and the farm has " + core
                            + "; take an older one, or a newer Jenkins"));
        }
        for (Plugin.Dependency needed : plugin.dependencies()) {
            Plugin other = found.get(needed.name());
            if (other != null
                    && new PluginVersion(other.version()).compareTo(new PluginVersion(needed.version())) < 0) {
                findings.add(Finding.error(
                        request.file(),
                        request.line(),
                        plugin.name(),
                        plugin.version() + " needs " + needed.name() + " " + needed.version() + ", and " + source.told()
                                + " has " + other.version()));
            }
        }
    }
}
