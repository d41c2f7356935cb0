package io.jenkins.plugins.promise.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.promise.engine.compiler.CompiledScript;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.Test;

/**
 * Programs that an earlier build has saved, each in the middle of a kind of step, go on in this one. Where a new kind is
 * added, its file is written by {@code mvn test -Dtest=SuspendedProgramTest -DargLine=-Dsuspended.write=true}; those that
 * are there stay as they are.
 */
public class SuspendedProgramTest {
    private static final Path FILES = Path.of("src/test/resources/io/jenkins/plugins/promise/engine/suspended");

    private static Map<String, String> scripts() {
        Map<String, String> scripts = new LinkedHashMap<>();
        scripts.put(
                "phase",
                """
                def seen = phase('inspect') { worker job: 'a'; worker job: 'b', as: 'c', retries: 2 }
                report reason: seen.a.status + seen.c.data.x
                """);
        scripts.put("worker", "def one = worker job: 'a'\nreport reason: one.status + inputs.N + env.HOME");
        scripts.put("sleep", "def before = [1, 2]\nsleep 5\nreport reason: before.join(',') + currentBuild.number");
        scripts.put(
                "parallel",
                """
                def both = parallel a: { worker(job: 'x').data.x }, b: { sleep 3; 'slept' }
                report reason: both.a + both.b
                """);
        scripts.put(
                "timeout",
                """
                try {
                    timeout(time: 5, unit: 'SECONDS') { sleep 60 }
                } catch (e) {
                    report reason: 'caught: ' + e.message
                }
                """);
        scripts.put(
                "retry",
                """
                int times = 0
                retry(3) { times++; sleep 1; if (times < 3) { error 'not yet' } }
                report reason: 'after ' + times
                """);
        scripts.put("catchError", "catchError(message: 'hm', buildResult: 'UNSTABLE') { worker job: 'bad' }\nsleep 1");
        scripts.put("loop", "def sum = 0\nfor (x in [1, 2, 3]) { sum += x; sleep 1 }\nreport reason: 'sum ' + sum");
        return scripts;
    }

    private static final Map<String, String> REASONS = Map.of(
            "phase", "SUCCESS1",
            "worker", "SUCCESS3/h",
            "sleep", "1,27",
            "parallel", "1slept",
            "timeout", "caught: the timeout passed",
            "retry", "after 3",
            "catchError", "the build's result is UNSTABLE",
            "loop", "sum 6");

    @Test
    public void goesOnInEveryKindOfStep() throws Exception {
        for (Map.Entry<String, String> script : scripts().entrySet()) {
            RecordingHost host = new RecordingHost();
            Program.restore(saved(script.getKey(), script.getValue()), RecordingHost.compile(script.getValue()), host)
                    .start();

            assertThat(host.outcome).as(script.getKey() + " still waits").isNull();
            assertThat(host.toTheEnd().reason()).as(script.getKey()).isEqualTo(REASONS.get(script.getKey()));
        }
    }

    private static byte[] saved(String name, String script) throws Exception {
        String file = name + ".program";
        if (Boolean.getBoolean("suspended.write") && !Files.exists(FILES.resolve(file))) {
            Files.createDirectories(FILES);
            Files.write(FILES.resolve(file), RecordingHost.run(script).saved);
        }
        try (InputStream in = Boolean.getBoolean("suspended.write")
                ? Files.newInputStream(FILES.resolve(file))
                : SuspendedProgramTest.class.getResourceAsStream("suspended/" + file)) {
            return in.readAllBytes();
        }
    }

    @Test
    public void aMethodMoreInTheScriptsClassDoesNotMatter() throws Exception {
        RecordingHost before = RecordingHost.run("def x = 1\nsleep 5\nreport reason: 'x is ' + x");
        RecordingHost after = new RecordingHost();

        Program.restore(
                        before.saved,
                        RecordingHost.compile("def x = 1\nsleep 5\nreport reason: 'x is ' + x\ndef more() { 1 }"),
                        after)
                .start();

        assertThat(after.toTheEnd().reason()).isEqualTo("x is 1");
    }

    @Test
    public void tellsAFormatThatItDoesNotKnow() throws Exception {
        CompiledScript script = RecordingHost.compile("sleep 5");
        byte[] other = "promise-program 2\n…".getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> Program.restore(other, script, new RecordingHost()))
                .isInstanceOf(IOException.class)
                .hasMessage("the saved orchestration is in a format that this build does not know");
        assertThatThrownBy(() -> Program.restore(new byte[0], script, new RecordingHost()))
                .isInstanceOf(IOException.class);
    }

    @Test
    public void tellsAStateThatIsDamaged() throws Exception {
        CompiledScript script = RecordingHost.compile("def x = [1, 2]\nsleep 5");
        byte[] good = RecordingHost.run("def x = [1, 2]\nsleep 5").saved;
        for (int at = 20; at < good.length; at += 7) {
            byte[] cut = java.util.Arrays.copyOf(good, at);
            assertThatThrownBy(() -> Program.restore(cut, script, new RecordingHost()))
                    .isInstanceOf(IOException.class);
        }
    }
}
