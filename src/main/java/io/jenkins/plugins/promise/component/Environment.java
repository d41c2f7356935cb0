package io.jenkins.plugins.promise.component;

import io.jenkins.plugins.promise.environment.EnvironmentRules;
import java.net.URI;
import java.time.Duration;

/**
 * A place that components are released to.
 *
 * @param name its name, which the names of its jobs begin with
 * @param integration whether components are tested together there
 * @param batch whether all that waits is tested together there, and halved when it fails
 * @param lease how long one release may have it for itself
 * @param after the environment that a manifest must have passed before; null for none
 * @param approve whether a person must approve each release
 * @param valid how long a verdict and an approval count; null for ever
 * @param controller the controller that this environment is, which must not release to itself; null if it is none
 * @param file its file, relative to the folder that was read
 * @param line where it stands in it
 */
public record Environment(
        String name,
        boolean integration,
        boolean batch,
        Duration lease,
        String after,
        boolean approve,
        Duration valid,
        URI controller,
        String file,
        int line) {
    /** The lease of an environment that does not say. */
    public static final Duration DEFAULT_LEASE = Duration.ofHours(2);

    /** What holds for it, as it is declared to a controller. */
    public EnvironmentRules rules() {
        return new EnvironmentRules(
                name,
                integration,
                batch,
                lease,
                after,
                approve,
                valid,
                controller == null ? null : controller.toString());
    }
}
