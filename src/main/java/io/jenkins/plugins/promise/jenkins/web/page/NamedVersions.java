package io.jenkins.plugins.promise.jenkins.web.page;

import io.jenkins.plugins.promise.deployment.bundle.Deployed;
import java.util.ArrayList;
import java.util.List;

/**
 * A common name with its versions.
 *
 * @param name the common name
 * @param versions the latest first
 */
public record NamedVersions(String name, List<Deployed> versions) {
    /** Copies what it is given. */
    public NamedVersions {
        versions = new ArrayList<>(versions);
    }

    /** The common name. */
    public String getName() {
        return name;
    }

    /** What it stands for. */
    public String getLatest() {
        return versions.get(0).version();
    }

    /** Orchestration or worker. */
    public String getKind() {
        return versions.get(0).kind().keyword();
    }

    /** One line for people; null for none. */
    public String getAbout() {
        return versions.get(0).about();
    }

    /** The versions that it does not stand for. */
    public List<String> getOthers() {
        return versions.stream().skip(1).map(Deployed::version).toList();
    }
}
