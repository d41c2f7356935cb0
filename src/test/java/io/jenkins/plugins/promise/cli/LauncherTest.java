package io.jenkins.plugins.promise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What somebody sees who calls {@code ./promise} in a fresh clone; Maven and Java are programs of the test's own. */
public class LauncherTest {
    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private Path checkout;
    private Path programs;

    @Before
    public void checkOut() throws Exception {
        checkout = folder.newFolder("checkout").toPath();
        programs = folder.newFolder("programs").toPath();
        Files.copy(Path.of("promise"), checkout.resolve("promise"));
        Files.createDirectories(checkout.resolve("src/main"));
        Files.writeString(checkout.resolve("pom.xml"), "<project/>");
        program("java", "case \"$*\" in *ArchiveClassesAtExit*) echo Listening ;; *) echo ran ;; esac");
    }

    private void program(String name, String script) throws IOException {
        Path file = Files.writeString(programs.resolve(name), "#!/usr/bin/env bash\n" + script + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private Process launch() throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder("bash", checkout.resolve("promise").toString(), "--version");
        builder.environment().merge("PATH", programs.toString(), (before, ours) -> ours + ":" + before);
        return builder.start();
    }

    @Test(timeout = 60_000)
    public void theFirstBuildTellsWhatItDoes() throws Exception {
        Path gate = folder.getRoot().toPath().resolve("gate");
        assertThat(new ProcessBuilder("mkfifo", gate.toString()).start().waitFor())
                .isZero();
        program(
                "mvn",
                "echo 'Downloading from central: https://repo.example/a.pom'\n"
                        + "echo 'Downloading from central: https://repo.example/a.jar'\n"
                        + "echo '[INFO] --- maven-compiler-plugin:3.13.0:compile (default-compile) @ promise-jobs ---'\n"
                        + "read -r go < '" + gate + "'\n"
                        + "echo '[INFO] --- maven-jar-plugin:3.4.1:jar (default-jar) @ promise-jobs ---'\n"
                        + "mkdir -p target && touch target/promise.jar");

        Process launched = launch();
        List<String> told = new ArrayList<>();
        try (BufferedReader err = launched.errorReader()) {
            for (String line = err.readLine(); line != null; line = err.readLine()) {
                told.add(line.replaceAll("[0-9]+ s\\b", "N s").strip());
                if (line.endsWith("compiling")) {
                    Files.writeString(gate, "go\n");
                }
            }
        }

        assertThat(told)
                .containsSubsequence(
                        "building " + checkout
                                + "/target/promise.jar, once: about a minute, or several where Maven has to"
                                + " download what it is built with",
                        "N s  downloading what it is built with, 1 so far",
                        "N s  compiling",
                        "N s  packing",
                        "built in N s");
        assertThat(new String(launched.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("ran\n");
        assertThat(launched.waitFor()).isZero();
    }

    @Test(timeout = 60_000)
    public void aBuildThatFailsTellsWhyAndWhatItNeeds() throws Exception {
        program(
                "mvn",
                "echo 'Downloading from central: https://repo.example/a.pom'\necho '[ERROR] no compiler'\nexit 1");

        Process launched = launch();
        List<String> told = launched.errorReader().lines().toList();

        assertThat(told)
                .endsWith("[ERROR] no compiler", "promise: the build failed, see above; it needs JDK 17 and Maven")
                .noneMatch(line -> line.contains("repo.example"));
        assertThat(launched.waitFor()).isEqualTo(3);
    }
}
