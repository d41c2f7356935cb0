package io.jenkins.plugins.promise.component;

import io.jenkins.plugins.promise.contract.file.JobFile;
import io.jenkins.plugins.promise.contract.yaml.Finding;
import io.jenkins.plugins.promise.environment.EnvironmentRules;
import io.jenkins.plugins.promise.watching.component.WatchedComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The components of a folder, with all folders in it.
 *
 * @param root the folder
 * @param components by name
 * @param environments by name, in the order of their file
 * @param jobs the jobs written by hand that the folder has, by common name
 * @param findings everything that is wrong or worth a look
 */
public record Components(
        Path root,
        Map<String, Component> components,
        Map<String, Environment> environments,
        Map<String, JobFile> jobs,
        List<Finding> findings) {
    /** Copies what it is given. */
    public Components {
        components = new TreeMap<>(components);
        environments = new LinkedHashMap<>(environments);
        jobs = new TreeMap<>(jobs);
        findings = new ArrayList<>(findings);
    }

    /** What must be mended before anything can be made of them. */
    public List<Finding> errors() {
        return findings.stream().filter(f -> !f.warning()).toList();
    }

    /** What holds for the environments, in the order of their file. */
    public List<EnvironmentRules> rules() {
        return environments.values().stream().map(Environment::rules).toList();
    }

    /** What a controller must know of them to build them when they have changed. */
    public List<WatchedComponent> watched() {
        return components.values().stream().map(Component::watched).toList();
    }

    /** The components that an environment has, by name. */
    public List<Component> of(Environment environment) {
        return components.values().stream()
                .filter(c -> c.environments().containsKey(environment.name()))
                .toList();
    }
}
