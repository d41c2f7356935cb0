package io.jenkins.plugins.promise.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.promise.contract.Contract;
import io.jenkins.plugins.promise.contract.file.JobFile;
import io.jenkins.plugins.promise.contract.file.JobFileReader;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.contract.yaml.Finding;
import io.jenkins.plugins.promise.contract.yaml.YamlFile;
import io.jenkins.plugins.promise.contract.yaml.YamlMapping;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A job file: findings, or a job whose contract is good and comes back from JSON as it was. */
public final class YamlTarget {
    private static final JobFileReader READER = new JobFileReader();

    private YamlTarget() {}

    /** What Jazzer calls. */
    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        List<Finding> findings = new ArrayList<>();
        YamlMapping yaml = YamlFile.parse(data, "job.yaml", findings);
        yaml.keys().forEach(yaml::lines);
        yaml.keys().forEach(yaml::json);
        findings.clear();
        Optional<JobFile> job = READER.read(
                YamlFile.parse(data, "job.yaml", findings), "job.yaml", "quote", JobFileReader.Defaults.NONE, findings);
        assertThat(findings).allMatch(f -> f.file().equals("job.yaml"));
        if (findings.isEmpty()) {
            Contract contract = job.orElseThrow().contract();
            assertThat(contract.problems()).isEmpty();
            byte[] written = Json.mapper().writeValueAsBytes(contract);
            assertThat(Json.mapper().writeValueAsBytes(Json.mapper().readValue(written, Contract.class)))
                    .isEqualTo(written);
        }
    }
}
