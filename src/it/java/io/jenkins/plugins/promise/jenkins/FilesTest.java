package io.jenkins.plugins.promise.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.io.ByteSource;
import hudson.model.Label;
import io.jenkins.plugins.promise.contract.Contract;
import io.jenkins.plugins.promise.contract.JobKind;
import io.jenkins.plugins.promise.contract.Keep;
import io.jenkins.plugins.promise.contract.SubmitToken;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.deployment.DeployOptions;
import io.jenkins.plugins.promise.deployment.bundle.Bundle;
import io.jenkins.plugins.promise.deployment.bundle.ContentDigest;
import io.jenkins.plugins.promise.deployment.bundle.Deployed;
import io.jenkins.plugins.promise.deployment.bundle.Release;
import io.jenkins.plugins.promise.deployment.bundle.ScriptSource;
import io.jenkins.plugins.promise.jenkins.config.ProducedFilesConfiguration;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** What workers produce for each other on Jenkins: artifacts of their builds. */
public class FilesTest {
    private static final String HAND_ON = "def built = phase('build') { worker job: 'build', label: 'one' }\n"
            + "def used = phase('use') { worker job: 'use', files: [built.build], label: 'other' }\n"
            + "report data: used.use.data";
    private static final String USE =
            "ran=$(build/bin/tool) && echo \"{\\\"data\\\": {\\\"ran\\\": \\\"$ran\\\"}}\" > report.json";

    @Rule
    public JenkinsRule jenkins = new JenkinsRule();

    private PromiseFixture fixture;

    @Before
    public void prepare() throws Exception {
        fixture = new PromiseFixture(jenkins);
        jenkins.createOnlineSlave(Label.get("one"));
        jenkins.createOnlineSlave(Label.get("other"));
    }

    private static Release release(Deployed is, ScriptSource source, Map<String, ByteSource> files) throws Exception {
        ContentDigest digest = ContentDigest.of(is, source, files);
        return new Release(
                is.named(is.name() + "-dev-" + digest.hex().substring(0, 7), digest.text()),
                source == null ? null : ByteSource.wrap(Json.mapper().writeValueAsBytes(source)),
                files);
    }

    private static Release worker(String name, String script, String... produces) throws Exception {
        Contract contract = new Contract(List.of(), null, null, Keep.ALL, null, null, List.of(produces));
        Deployed is = new Deployed("", name, JobKind.WORKER, contract, null, "run.sh", null, "", Map.of());
        return release(is, null, Map.of("run.sh", ByteSource.wrap(script.getBytes(StandardCharsets.UTF_8))));
    }

    private JsonNode run(String orchestration, Release... workers) throws Exception {
        Map<String, String> uses = new TreeMap<>();
        List<Release> all = new ArrayList<>(List.of(workers));
        for (Release worker : workers) {
            uses.put(worker.deployed().name(), worker.deployed().version());
        }
        Deployed is = new Deployed("", "all", JobKind.ORCHESTRATION, Contract.of(), null, "run.groovy", null, "", uses);
        all.add(release(is, ScriptSource.of("jobs/all/run.groovy", orchestration), Map.of()));
        Bundle bundle = new Bundle("files", all, Map.of("all", SubmitToken.of(PromiseFixture.TOKEN)));
        PromiseFixture.controller().deployments().deploy(bundle, new DeployOptions(false, false));
        return fixture.settled(fixture.submit("all", ""));
    }

    private JsonNode json(String path) throws Exception {
        return Json.mapper().readTree(fixture.get(path, PromiseFixture.token()).body());
    }

    @Test
    public void aLaterWorkerOnAnotherAgentGetsWhatAnEarlierOneProduced() throws Exception {
        JsonNode settled = run(
                HAND_ON,
                worker(
                        "build",
                        "mkdir -p build/bin; printf '#!/bin/sh\\necho ran' > build/bin/tool; chmod +x build/bin/tool",
                        "build/**"),
                worker("use", USE));

        assertThat(settled.path("state").asText()).as(settled.toString()).isEqualTo("FULFILLED");
        assertThat(json("promises/" + settled.path("id").asText() + "/report")
                        .path("data")
                        .path("ran")
                        .asText())
                .isEqualTo("ran");
        String id = settled.path("phases")
                .path(0)
                .path("workers")
                .path(0)
                .path("promise")
                .asText();
        assertThat(json("promises/" + id + "/files")
                        .path("files")
                        .path(0)
                        .path("name")
                        .asText())
                .isEqualTo("build/bin/tool");
        assertThat(fixture.get("promises/" + id + "/files/build/bin/tool", PromiseFixture.token())
                        .body())
                .contains("echo ran");
    }

    @Test
    public void aWorkerThatProducesALinkFails() throws Exception {
        JsonNode settled = run(
                HAND_ON, worker("build", "mkdir -p build; ln -s /etc/passwd build/x", "build/**"), worker("use", USE));

        assertThat(settled.path("reason").asText())
                .contains("what it produced is not kept: build/x is a symbolic link");
    }

    @Test
    public void whatAnEarlierBuildHasLeftIsNotProducedAgain() throws Exception {
        Release build = worker(
                "build", "[ ! -e build/old ] && mkdir -p build && echo > build/old && echo > build/tool", "build/**");
        String twice = "worker job: 'build', label: 'one'\nworker job: 'build', label: 'one'";

        assertThat(run(twice, build).path("state").asText()).isEqualTo("FULFILLED");
    }

    @Test
    public void whatTwoHaveProducedIsAllGivenAndNothingThatAnEarlierBuildHasLeft() throws Exception {
        String orchestration =
                """
                def built = phase('build') {
                    worker job: 'a', label: 'one'
                    worker job: 'b', label: 'one'
                }
                worker job: 'use', files: [built.a, built.b], label: 'other'
                worker job: 'use', files: [built.a, built.b], label: 'other'
                """;

        JsonNode settled = run(
                orchestration,
                worker("a", "mkdir -p build && echo > build/a", "build/**"),
                worker("b", "mkdir -p build && echo > build/b", "build/**"),
                worker("use", "[ -e build/a ] && [ -e build/b ] && [ ! -e build/old ] && echo > build/old"));

        assertThat(settled.path("state").asText()).as(settled.toString()).isEqualTo("FULFILLED");
    }

    @Test
    public void moreThanTheLimitIsRefused() throws Exception {
        ProducedFilesConfiguration.get().setMaxBytes(100);

        JsonNode settled =
                run(HAND_ON, worker("build", "mkdir -p build; seq 1000 > build/x", "build/**"), worker("use", USE));

        assertThat(settled.path("reason").asText()).contains("larger than 100 bytes together");
    }
}
