package io.jenkins.plugins.promise.jenkins;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Job;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.environment.EnvironmentRules;
import io.jenkins.plugins.promise.testing.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jenkins.model.Jenkins;

/** Two components in two environments, each of which is a folder with a file a component, and what changes them. */
final class EnvironmentFixture {
    static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String PLAN = "def plan = [api: [train: 1, probe: true, integration: true],"
            + " web: [train: 2, depends: ['api'], probe: true, integration: true]]\n";
    private static final String PERFORM =
            " { act -> worker job: 'act', as: act.component, inputs: [KIND: act.kind, COMPONENT: act.component,"
                    + " COMMIT: act.commit, WHERE: inputs.WHERE] }\n";

    private final PromiseFixture fixture;
    private final Path marks;

    EnvironmentFixture(PromiseFixture fixture, Path marks) {
        this.fixture = fixture;
        this.marks = marks;
    }

    /** Declares environments, whoever may. */
    void declare(EnvironmentRules... rules) {
        PromiseFixture.controller().book().environments().declare(List.of(rules));
    }

    /** Whether no build is under way. */
    boolean nothingIsBuilt() {
        return Jenkins.get().getAllItems(Job.class).stream().noneMatch(Job::isBuilding);
    }

    /** Makes jobs that only have an environment. */
    void lanes() throws IOException {
        fixture.worker("fence", "echo \"$PROMISE_FENCE\" >> " + marks + "/fences");
        fixture.worker(
                "hold",
                "echo \"$PROMISE_FENCE\" >> " + marks + "/fences; until [ -e " + marks + "/go ]; do sleep 0.1; done");
        fixture.orchestration("quick", "environment('test') { worker job: 'fence' }");
        fixture.orchestration("slow", "environment(name: 'test') { worker job: 'hold' }");
    }

    /** Makes jobs that test and release; the integration of web waits for the file {@code go} if its commit is slow. */
    void worlds() throws IOException {
        fixture.worker(
                "act",
                """
                echo "$PROMISE_FENCE" >> %1$s/fences
                place=%1$s/$WHERE/$COMPONENT
                mkdir -p "${place%%/*}"
                case $KIND in
                    RELEASE) [ "$COMMIT" != bad ] && echo "$COMMIT" > "$place" ;;
                    PROBE) commit=$(cat "$place") || exit 1
                        printf '{"status": "SUCCESS", "data": {"commit": "%%s"}}' "$commit" > report.json ;;
                    INTEGRATION)
                        if [ "$COMMIT" = slow ]; then
                            touch %1$s/tests
                            until [ -e %1$s/go ]; do sleep 0.1; done
                        fi
                        ! grep -q breaks "${place%%/*}"/* || [ "$COMPONENT" != web ] ;;
                esac
                """
                        .formatted(marks),
                PromiseFixture.input("KIND", "string", false),
                PromiseFixture.input("COMPONENT", "string", false),
                PromiseFixture.input("COMMIT", "string", false),
                PromiseFixture.input("WHERE", "string", false));
        fixture.orchestration(
                "integrate",
                PLAN
                        + "def mine = candidate environment: 'test', commits: [api: inputs.API, web: inputs.WEB]\n"
                        + "def outcome = environment('test') { integrate(plan)" + PERFORM + " }\n"
                        + "report reason: outcome.told, data: [outcome: outcome,"
                        + " mine: candidate(environment: 'test', number: mine.number)]",
                PromiseFixture.input("API", "string", false),
                PromiseFixture.input("WEB", "string", false),
                PromiseFixture.input("WHERE", "string", true));
        fixture.orchestration(
                "release",
                PLAN
                        + "approval environment: 'production', manifest: inputs.MANIFEST\n"
                        + "def outcome = environment('production') { release(manifest: inputs.MANIFEST, plan: plan,"
                        + " rollback: inputs.ROLL_BACK)" + PERFORM + " }\n"
                        + "report status: outcome.good ? 'SUCCESS' : 'FAILURE', reason: outcome.told",
                PromiseFixture.input("MANIFEST", "string", true),
                PromiseFixture.input("ROLL_BACK", "boolean", false),
                PromiseFixture.input("WHERE", "string", true));
    }

    /** What the steps of a worker said their leases were, in order. */
    List<String> fences() throws IOException {
        Path file = marks.resolve("fences");
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    Path mark(String name) {
        return marks.resolve(name);
    }

    /** Lets what waits for it go on. */
    void go() throws IOException {
        Files.createFile(mark("go"));
    }

    JsonNode report(String id) throws Exception {
        fixture.settled(id);
        return Json.mapper()
                .readTree(fixture.get("promises/" + id + "/report", PromiseFixture.token())
                        .body());
    }

    String reason(String id) throws Exception {
        return report(id).path("reason").asText();
    }

    JsonNode waitsFor(String id) throws Exception {
        return fixture.promise(id).path("waitsFor");
    }

    void awaitWaits(String id, String what) throws Exception {
        Eventually.until(
                id + " waits for " + what,
                PATIENCE,
                () -> waitsFor(id).path("what").asText().equals(what));
    }

    JsonNode environment(String name, String... headers) throws Exception {
        return Json.mapper()
                .readTree(fixture.get("promises/environments/" + name, headers).body());
    }
}
