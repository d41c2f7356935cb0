package io.jenkins.plugins.promise.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.contract.json.Json;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.runner.JUnitCore;
import org.jvnet.hudson.test.recipes.WithTimeout;

/**
 * A Jenkins, a process, that is gone after each write of a release, and begun again on the same home: in the end production
 * has the combination that was wanted, or the one before, whole. {@code -Dpromise.it.stride=1} walks through all writes, not
 * only some of them.
 */
public final class KilledReleaseTest {
    private static final int STRIDE = Integer.getInteger("promise.it.stride", 9);
    private static final int FEWEST_WRITES = 20;
    private static final int MOST_MINUTES = 4;

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Path home;
    private Path place;

    /** Runs a controller that is gone after so many writes of a release, none if 0; its exit code. */
    private int run(int writes) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(a -> !a.startsWith("-javaagent") && !a.contains("it.method"))
                .forEach(command::add);
        Map.of(
                        ReleasingController.HOME, home.toString(),
                        ReleasingController.PLACE, place.toString(),
                        ReleasingController.WRITES, Integer.toString(writes))
                .forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                JUnitCore.class.getName(),
                ReleasingController.class.getName()));
        Path log = folder.getRoot().toPath().resolve("log");
        Process controller = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(controller.waitFor(MOST_MINUTES, TimeUnit.MINUTES))
                    .as("killed after %s writes; %s", writes, Files.readString(log))
                    .isTrue();
        } finally {
            controller.destroyForcibly();
        }
        assertThat(controller.exitValue())
                .as("killed after %s writes; %s", writes, Files.readString(log))
                .isIn(0, ReleasingController.KILLED);
        return controller.exitValue();
    }

    @Test
    @WithTimeout(3600)
    public void aReleaseThatIsKilledAfterAnyWriteIsWholeInTheEndOrNotThere() throws Exception {
        home = folder.newFolder("home").toPath();
        place = folder.newFolder("place").toPath();
        assertThat(run(0)).isZero();
        int writes = 1;
        while (run(writes) == ReleasingController.KILLED) {
            writes += STRIDE;
        }
        assertThat(writes).as("writes of one release").isGreaterThan(FEWEST_WRITES);
        List<String> told = Files.readAllLines(place.resolve("told"));
        assertThat(told).hasSize((writes - 1) / STRIDE + 1);
        int wanted = 0;
        for (int at = 0; at < told.size(); at++) {
            wanted += whole(Json.mapper().readTree(told.get(at)), 1 + at * STRIDE);
        }
        assertThat(wanted).as("releases that came to their end after a kill").isGreaterThan(1);
        System.out.println("killed " + (told.size() - 1) + " times in the first " + (writes - STRIDE)
                + " writes of a release; " + (wanted - 1) + " went on to the end");
    }

    /** Looks at what came of a release: 1 if what was wanted is there in the end. */
    private static int whole(JsonNode told, int writes) {
        String when = "killed after " + writes + " writes: " + told;
        assertThat(told.at("/condition/is").asText()).as(when).isEqualTo("CLEAN");
        boolean there = told.path("head").asText().equals(told.path("wanted").asText());
        assertThat(told.path("status").asText()).as(when).isEqualTo(there ? "SUCCESS" : "FAILURE");
        for (String component : List.of("api", "web")) {
            assertThat(told.path(component + "There").asText())
                    .as(when)
                    .isEqualTo(told.path(component).asText());
        }
        assertThat(told.path("api").asText().substring(1))
                .as(when)
                .isEqualTo(told.path("web").asText().substring(1));
        return there ? 1 : 0;
    }
}
