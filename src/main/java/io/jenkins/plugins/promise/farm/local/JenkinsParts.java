package io.jenkins.plugins.promise.farm.local;

import java.nio.file.Path;
import java.util.List;

/**
 * Where the Jenkins of a farm on this machine comes from.
 *
 * @param war the {@code jenkins.war}
 * @param plugins folders of plugins' files, and files {@code update-center.json}
 */
public record JenkinsParts(Path war, List<Path> plugins) {
    /** Copies what it is given. */
    public JenkinsParts {
        war = war.toAbsolutePath().normalize();
        plugins = plugins.stream().map(p -> p.toAbsolutePath().normalize()).toList();
    }
}
