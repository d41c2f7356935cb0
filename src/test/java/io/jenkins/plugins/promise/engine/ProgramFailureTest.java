package io.jenkins.plugins.promise.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.promise.engine.compiler.ScriptErrors;
import io.jenkins.plugins.promise.report.ReportStatus;
import org.junit.Test;

/** Whatever is thrown in a script or while it is being saved ends it with a reason that names file and line. */
public class ProgramFailureTest {
    private static String reason(String text) throws ScriptErrors {
        RecordingHost host = RecordingHost.run(text);
        assertThat(host.outcome).as("it ends").isNotNull();
        assertThat(host.outcome.status()).isEqualTo(ReportStatus.FAILURE);
        return host.outcome.reason();
    }

    @Test
    public void aStateThatIsTooDeepToBeSaved() throws Exception {
        assertThat(reason("def deep = []\nfor (i in 0..<20000) { deep = [deep] }\nworker job: 'x'"))
                .isEqualTo(
                        "jobs/a/a.groovy line 3: the script holds a value that is nested too deeply to be saved while"
                                + " it waits");
    }

    @Test
    public void aValueThatCannotBeSavedNamesFileAndLine() throws Exception {
        assertThat(reason("def m = 'abc' =~ /b/\n\nworker job: 'x'"))
                .startsWith("jobs/a/a.groovy line 3: the script cannot be saved while it waits, because it holds a"
                        + " java.util.regex.Matcher; use it in a @NonCPS method");
    }

    @Test
    public void aScriptThatCallsItselfForEver() throws Exception {
        assertThat(reason("@NonCPS\ndef again(n) {\n  again(n + 1)\n}\nagain(0)"))
                .isEqualTo("jobs/a/a.groovy line 3: calls go too deep (StackOverflowError)");
    }

    @Test
    public void aScriptThatNeedsAllMemory() throws Exception {
        assertThat(reason("@NonCPS\ndef all() { new byte[Integer.MAX_VALUE] }\nall()"))
                .startsWith("jobs/a/a.groovy line 2: more memory is needed than the controller has (OutOfMemoryError");
    }

    @Test
    public void anErrorOfAClass() throws Exception {
        String broken = "class P {\n  static int x = 1.intdiv(0)\n}\n";
        assertThat(reason(broken + "P.x")).isEqualTo("jobs/a/a.groovy line 2: ArithmeticException: / by zero");
        assertThat(reason(broken + "try { P.x } catch (Throwable t) { }\nP.x"))
                .startsWith("jobs/a/a.groovy line 5: a class cannot be loaded (NoClassDefFoundError: ");
    }

    @Test
    public void anErrorOfAnArgument() throws Exception {
        assertThat(
                        reason(
                                """
                                class Odd implements Serializable {
                                    @NonCPS
                                    String toString() { toString() }
                                }
                                def odd = new Odd()
                                worker job: odd
                                """))
                .contains("calls go too deep (StackOverflowError)");
    }

    @Test
    public void aFullDiskLetsTheProgramWaitAndStartsNothingMeanwhile() throws Exception {
        RecordingHost host = new RecordingHost();
        host.full = true;
        RecordingHost.create("worker job: 'x'\nsleep 5\necho 'awake'", host).start();
        for (int times = 0; times < 3; times++) {
            assertThat(host.phases).as("nothing that is not saved is started").isEmpty();
            host.goOn();
        }
        host.full = false;
        host.goOn();
        assertThat(host.phases).hasSize(1);
        host.full = true;
        host.goOn();
        host.goOn();
        host.full = false;

        assertThat(host.toTheEnd().status()).isEqualTo(ReportStatus.SUCCESS);
        assertThat(host.printed).containsExactly("awake");
    }

    @Test(timeout = 30_000)
    public void anEndlessLoopIsEndedAtItsLine() throws Exception {
        assertThat(overrun("def n = 0\n\nwhile (true) {\n  n++\n}"))
                .isEqualTo("jobs/a/a.groovy line 3: it took too long");
        assertThat(overrun("@NonCPS\ndef spin() {\n  def n = 0\n  for (;;) { n++ }\n}\nspin()"))
                .isEqualTo("jobs/a/a.groovy line 4: it took too long");
        assertThat(overrun("@NonCPS\ndef spin() {\n  (1..2000000000).each { x ->\n    x + 1 }\n}\nspin()"))
                .startsWith("jobs/a/a.groovy line ")
                .endsWith(": it took too long");
    }

    @Test(timeout = 30_000)
    public void anEndlessIterationIsEndedToo() throws Exception {
        assertThat(overrun("1000000000.times { it + 1 }")).endsWith("it took too long");
    }

    @Test(timeout = 30_000)
    public void aScriptThatGoesOnAfterItWasEndedIsEndedAllTheSame() throws Exception {
        assertThat(overrun("try {\n  while (true) { }\n} catch (Throwable t) {\n  sleep 1\n}\necho 'never'"))
                .endsWith("it took too long");
    }

    /** Ends a script that runs for too long, from outside, as often as it takes. */
    private static String overrun(String text) throws Exception {
        RecordingHost host = new RecordingHost();
        Program program = RecordingHost.create(text, host);
        Thread thread = new Thread(program::start, "script");
        thread.start();
        while (thread.isAlive()) {
            thread.join(200);
            Slice slice = host.slice;
            if (slice != null) {
                slice.overrun("it took too long");
            }
        }
        return host.outcome.reason();
    }
}
