package io.jenkins.plugins.promise.farm.plugin;

import io.jenkins.plugins.promise.contract.yaml.Finding;
import io.jenkins.plugins.promise.farm.Attach;
import io.jenkins.plugins.promise.farm.Farm;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The plugins of a farm's Jenkins: those that its file names, and those without which the rest of the file means nothing. */
public final class FarmPlugins {
    private final Farm farm;

    /** Those of that farm. */
    public FarmPlugins(Farm farm) {
        this.farm = farm;
    }

    /**
     * All of them with what they need, by name; none for local controllers.
     *
     * @param findings where everything that is wrong goes
     */
    public Collection<Plugin> from(PluginSource source, List<Finding> findings) {
        if (!farm.jenkins()) {
            return List.of();
        }
        List<PluginRequest> requests = new ArrayList<>();
        if (farm.controllers().plugins() != null) {
            requests.addAll(PluginsFile.read(farm.controllers().plugins(), findings));
        }
        needed().forEach(name -> requests.add(new PluginRequest(name, null, "what the farm file needs", 0)));
        return new PluginResolver(source, farm.controllers().jenkins()).resolve(requests, findings);
    }

    private List<String> needed() {
        List<String> names = new ArrayList<>(List.of("promise-jobs", "configuration-as-code"));
        if (farm.security().local()) {
            names.add("matrix-auth");
        }
        if (!farm.security().sshKeys().isEmpty()) {
            names.add("ssh-credentials");
        }
        boolean database = farm.controllers().ledger().shared();
        if (!farm.security().apiKeys().isEmpty() || database) {
            names.add("plain-credentials");
        }
        if (database) {
            names.add("postgresql-api");
        }
        if (farm.workers().values().stream().anyMatch(w -> w.attach() == Attach.SWARM)) {
            names.add("swarm");
        }
        return names;
    }
}
