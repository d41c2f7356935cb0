package io.jenkins.plugins.promise.farm;

import io.jenkins.plugins.promise.contract.yaml.Finding;
import java.util.List;
import java.util.Optional;

/**
 * A farm file that was read.
 *
 * @param farm the farm; good only if no finding is an error, and missing if there was not enough to make one
 * @param findings everything that is wrong or worth a look
 */
public record FarmRead(Optional<Farm> farm, List<Finding> findings) {
    /** Copies what it is given. */
    public FarmRead {
        findings = List.copyOf(findings);
    }

    /** What must be mended before anything can be made of it. */
    public List<Finding> errors() {
        return findings.stream().filter(f -> !f.warning()).toList();
    }
}
