package io.jenkins.plugins.promise.component.reading;

import io.jenkins.plugins.promise.component.Environment;
import io.jenkins.plugins.promise.contract.file.JobFileReader;
import io.jenkins.plugins.promise.contract.yaml.Nearest;
import io.jenkins.plugins.promise.contract.yaml.YamlMapping;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code environments.yaml}, and tells everything that is wrong with it. */
final class EnvironmentsReader {
    private EnvironmentsReader() {}

    /**
     * Reads them.
     *
     * @param file the file, relative to the folder that is read
     * @return by name, in the file's order
     */
    static Map<String, Environment> read(YamlMapping yaml, String file) {
        Map<String, Environment> environments = new LinkedHashMap<>();
        for (String name : yaml.keys()) {
            ComponentName.problem(name).ifPresent(p -> yaml.error(name, p));
            environments.put(name, environment(name, yaml.mapping(name), file, yaml.line(name)));
        }
        check(environments, yaml);
        return environments;
    }

    private static Environment environment(String name, YamlMapping yaml, String file, int line) {
        Environment read = new Environment(
                name,
                yaml.flag("integration", false),
                yaml.flag("batch", false),
                JobFileReader.duration("lease", yaml).orElse(Environment.DEFAULT_LEASE),
                yaml.text("after"),
                yaml.flag("approve", false),
                JobFileReader.duration("valid", yaml).orElse(null),
                controller(yaml),
                file,
                line);
        if (read.batch() && !read.integration()) {
            yaml.error("batch", "is for the environment where components are tested together; add integration: true");
        }
        yaml.refuseOthers();
        return read;
    }

    private static URI controller(YamlMapping yaml) {
        String text = yaml.text("controller");
        if (text == null) {
            return null;
        }
        try {
            URI uri = URI.create(text);
            if (uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // Told below, as what is a URI of another kind.
        }
        yaml.error("controller", "must be the address of a controller, as in https://ci.example");
        return null;
    }

    private static void check(Map<String, Environment> environments, YamlMapping yaml) {
        List<String> integration = environments.values().stream()
                .filter(Environment::integration)
                .map(Environment::name)
                .toList();
        if (integration.size() > 1) {
            yaml.mapping(integration.get(1))
                    .error(
                            "integration",
                            "is true of " + String.join(" and ", integration)
                                    + "; components are tested together in one place");
        }
        for (Environment environment : environments.values()) {
            String after = environment.after();
            if (after != null && !environments.containsKey(after)) {
                yaml.mapping(environment.name())
                        .error(
                                "after",
                                "there is no environment '" + after + "'" + Nearest.hint(after, environments.keySet()));
            } else if (after != null) {
                circle(environment.name(), environments).ifPresent(way -> yaml.mapping(environment.name())
                        .error("after", "leads round in a circle: " + String.join(" → ", way)));
            }
        }
    }

    /** The way from an environment back to itself, told of the first name in it only. */
    private static Optional<List<String>> circle(String name, Map<String, Environment> environments) {
        List<String> way = new ArrayList<>(List.of(name));
        Environment at = environments.get(name);
        while (at != null && at.after() != null && !way.contains(at.after())) {
            way.add(at.after());
            at = environments.get(at.after());
        }
        if (at == null || at.after() == null || !at.after().equals(name)) {
            return Optional.empty();
        }
        way.add(name);
        return way.stream().min(String::compareTo).equals(Optional.of(name)) ? Optional.of(way) : Optional.empty();
    }
}
