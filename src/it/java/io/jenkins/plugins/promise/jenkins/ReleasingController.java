package io.jenkins.plugins.promise.jenkins;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.environment.EnvironmentRules;
import io.jenkins.plugins.promise.testing.Eventually;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;

/**
 * A Jenkins in a process of its own, which {@link KilledReleaseTest} begins on the same home again and again. It waits for
 * the end of the release that the one before was killed in, says what came of it, begins the next one, and is gone after so
 * many writes of it. No test by itself.
 */
public final class ReleasingController {
    static final String HOME = "promise.it.home";
    static final String PLACE = "promise.it.place";
    static final String WRITES = "promise.it.writes";
    static final int KILLED = 137;
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final Path place = Path.of(System.getProperty(PLACE));

    @Rule
    public final JenkinsRule jenkins =
            new JenkinsRule().with(() -> Path.of(System.getProperty(HOME)).toFile());

    private PromiseFixture fixture;
    private EnvironmentFixture environments;

    @Test
    public void run() throws Exception {
        fixture = new PromiseFixture(jenkins);
        environments = new EnvironmentFixture(fixture, place);
        Eventually.until(
                "it is open", PATIENCE, () -> PromiseFixture.controller().dispatching());
        if (!Files.exists(place.resolve("first"))) {
            prepare();
        }
        if (Files.exists(place.resolve("wanted"))) {
            tell();
        }
        int writes = Integer.getInteger(WRITES);
        if (writes > 0) {
            long before = writes();
            Thread killer = new Thread(() -> {
                while (writes() < before + writes) {
                    Thread.onSpinWait();
                }
                Runtime.getRuntime().halt(KILLED);
            });
            killer.setDaemon(true);
            killer.start();
            begin();
            tell();
        }
    }

    private static long writes() {
        return PromiseFixture.controller().ledger().load().transactions();
    }

    /** Two combinations that have been in production, the second of them now. */
    private void prepare() throws Exception {
        jenkins.jenkins.setNumExecutors(4);
        jenkins.jenkins.save();
        environments.declare(EnvironmentRules.integration("test"), EnvironmentRules.after("production", "test"));
        environments.worlds();
        Files.writeString(place.resolve("first"), released("API=a1&WEB=w1"));
        Files.writeString(place.resolve("second"), released("API=a2&WEB=w2"));
    }

    private String released(String commits) throws Exception {
        String manifest = environments
                .report(fixture.submit("integrate", commits + "&WHERE=test"))
                .at("/data/mine/manifest")
                .asText();
        environments.report(fixture.submit("release", "MANIFEST=" + manifest + "&WHERE=production"));
        return manifest;
    }

    /** Begins to release the combination that is not there. */
    private void begin() throws Exception {
        String there =
                environments.environment("production").at("/head/manifest").asText();
        String first = Files.readString(place.resolve("first"));
        String wanted = there.equals(first) ? Files.readString(place.resolve("second")) : first;
        Files.writeString(place.resolve("before"), latest());
        Files.writeString(place.resolve("wanted"), wanted);
        fixture.submit("release", "MANIFEST=" + wanted + "&ROLL_BACK=true&WHERE=production");
    }

    /** The release that was accepted last: whoever asked for it may be gone before it was told which. */
    private String latest() throws Exception {
        return Json.mapper()
                .readTree(fixture.get("promises?state=all&job=release").body())
                .at("/promises/0/id")
                .asText();
    }

    /** Says how a release has ended, if it was accepted, and what is in production then. */
    private void tell() throws Exception {
        String id = latest();
        boolean accepted = !id.equals(Files.readString(place.resolve("before")));
        JsonNode report = accepted
                ? environments.report(id)
                : Json.mapper().createObjectNode().put("status", "FAILURE");
        JsonNode production = environments.environment("production");
        ObjectNode told = Json.mapper().createObjectNode();
        told.put("status", report.path("status").asText());
        told.put("reason", report.path("reason").asText());
        told.put("head", production.at("/head/manifest").asText());
        told.put("wanted", Files.readString(place.resolve("wanted")));
        told.set("condition", production.path("condition"));
        for (String component : new String[] {"api", "web"}) {
            told.put(
                    component,
                    production.at("/head/components/" + component + "/commit").asText());
            told.put(
                    component + "There",
                    Files.readString(place.resolve("production").resolve(component))
                            .strip());
        }
        Files.delete(place.resolve("wanted"));
        Files.writeString(place.resolve("told"), told + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
