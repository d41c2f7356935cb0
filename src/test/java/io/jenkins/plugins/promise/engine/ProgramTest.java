package io.jenkins.plugins.promise.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.promise.contract.Contract;
import io.jenkins.plugins.promise.contract.Input;
import io.jenkins.plugins.promise.contract.InputType;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.deployment.bundle.ScriptSource;
import io.jenkins.plugins.promise.engine.compiler.OrchestrationCompiler;
import io.jenkins.plugins.promise.engine.compiler.ScriptErrors;
import io.jenkins.plugins.promise.orchestration.Phase;
import io.jenkins.plugins.promise.orchestration.WorkerCall;
import io.jenkins.plugins.promise.orchestration.WorkerResult;
import io.jenkins.plugins.promise.orchestration.environment.EnvironmentAnswer;
import io.jenkins.plugins.promise.orchestration.environment.EnvironmentCall;
import io.jenkins.plugins.promise.report.Outcome;
import io.jenkins.plugins.promise.report.ReportStatus;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.Test;

/** Each script is thrown away and read back from its saved state, under a new class loader, whenever it waits. */
public class ProgramTest {
    private static final OrchestrationCompiler COMPILER = new OrchestrationCompiler();
    private static final Contract CONTRACT =
            Contract.of(Input.optional("N", InputType.INTEGER), Input.optional("NAME", InputType.STRING));

    private final List<String> printed = new ArrayList<>();
    private final List<String> called = new ArrayList<>();
    private final List<String> cancelled = new ArrayList<>();
    private Function<WorkerCall, Outcome> workers = call -> call.job().startsWith("bad")
            ? Outcome.failure("it broke")
            : Outcome.success("fine", Json.mapper().valueToTree(Map.of("x", 1, "job", call.job())));

    private final class Host implements ProgramHost {
        private final Instant now;
        private byte[] saved;
        private final List<Waiting> phases = new ArrayList<>();
        private final List<Timer> timers = new ArrayList<>();
        private Outcome outcome;

        private Host(Instant now) {
            this.now = now;
        }

        @Override
        public boolean save(byte[] state) {
            saved = state;
            return true;
        }

        @Override
        public void start(Phase phase, Consumer<Map<String, WorkerResult>> ended) {
            phases.add(new Waiting(phase, ended));
        }

        @Override
        public void cancel(Phase phase, String why) {
            cancelled.add(phase.name() + ": " + why);
        }

        @Override
        public void ask(int question, EnvironmentCall call, Consumer<EnvironmentAnswer> answered) {
            throw new AssertionError("no environment is asked: " + call);
        }

        @Override
        public void withdraw(int question, EnvironmentCall call) {
            throw new AssertionError("no environment is asked: " + call);
        }

        @Override
        public void wake(Instant at, Runnable then) {
            timers.add(new Timer(at, then));
        }

        @Override
        public void print(String line) {
            printed.add(line);
        }

        @Override
        public void ended(Outcome end) {
            outcome = end;
        }

        @Override
        public Instant now() {
            return now;
        }
    }

    private record Waiting(Phase phase, Consumer<Map<String, WorkerResult>> ended) {}

    private record Timer(Instant at, Runnable then) {}

    private Outcome run(String text) throws IOException, ScriptErrors {
        ScriptSource source = ScriptSource.of("jobs/a/a.groovy", text);
        Host host = new Host(Instant.EPOCH);
        Program.create(
                        COMPILER.compile(source),
                        CONTRACT,
                        Map.of("N", 3L),
                        Map.of("HOME", "/h"),
                        7,
                        "a-v1-abc1234",
                        host)
                .start();
        for (int round = 0; host.outcome == null && round < 100; round++) {
            Instant now = host.now;
            if (host.phases.isEmpty()) {
                now = host.timers.stream()
                        .map(Timer::at)
                        .min(Instant::compareTo)
                        .orElseThrow();
            }
            Host next = new Host(now);
            Program program = Program.restore(host.saved, COMPILER.compile(source), next);
            next.saved = host.saved;
            program.start();
            if (!next.phases.isEmpty()) {
                Waiting waiting = next.phases.remove(0);
                waiting.ended().accept(results(waiting.phase()));
            } else {
                next.timers.stream()
                        .min(Comparator.comparing(Timer::at))
                        .orElseThrow()
                        .then()
                        .run();
            }
            host = next;
        }
        assertThat(host.outcome).as("the script ends").isNotNull();
        return host.outcome;
    }

    private Map<String, WorkerResult> results(Phase phase) {
        Map<String, WorkerResult> results = new HashMap<>();
        for (WorkerCall call : phase.calls()) {
            called.add(call.name());
            results.put(call.name(), new WorkerResult(workers.apply(call), call.job() + "-v1-abc", "http://x", 1.5));
        }
        return results;
    }

    @Test
    public void returnsThePhasesResultsByName() throws Exception {
        Outcome outcome = run(
                """
                def seen = phase('inspect') {
                    worker job: 'mesh', inputs: [COUNT: inputs.N, NOTHING: null]
                    worker job: 'measure', as: 'size', retries: 2
                }
                echo "${seen.mesh.status} ${seen.size.data.x} ${seen.size.version} ${seen.size.seconds}"
                def alone = worker job: 'last'
                report reason: 'done', data: [job: alone.data.job, size: seen.size.data]
                """);

        assertThat(called).containsExactly("mesh", "size", "last");
        assertThat(printed).containsExactly("SUCCESS 1 measure-v1-abc 1.5");
        assertThat(outcome.status()).isEqualTo(ReportStatus.SUCCESS);
        assertThat(outcome.reason()).isEqualTo("done");
        assertThat(outcome.data().at("/job").asText()).isEqualTo("last");
        assertThat(outcome.data().at("/size/x").asInt()).isEqualTo(1);
    }

    @Test
    public void countsWorkersAndPhasesWhereNothingIsReported() throws Exception {
        assertThat(run("phase('a') { worker job: 'x'; worker job: 'y' }\nworker job: 'z'")
                        .reason())
                .isEqualTo("3 workers in 2 phases");
        assertThat(run("phase('none') { }").reason()).isEqualTo("0 workers in 1 phase");
    }

    @Test
    public void aFailedWorkerFailsThePhaseByItsName() throws Exception {
        assertThat(run("phase('p') { worker job: 'bad1', as: 'one'; worker job: 'good' }\necho 'never'")
                        .reason())
                .isEqualTo("phase 'p': worker 'one' failed: it broke");
        assertThat(run("phase('p') { worker job: 'bad1'; worker job: 'bad2' }").reason())
                .isEqualTo("phase 'p': workers 'bad1', 'bad2' failed: it broke");
        assertThat(run("worker job: 'bad'").reason()).isEqualTo("worker 'bad' failed: it broke");
        // Nothing after it ran; the log says where it was.
        assertThat(printed).containsOnly("    at jobs/a/a.groovy line 1");
    }

    @Test
    public void optionalAndPropagateLeaveThePhaseStanding() throws Exception {
        assertThat(run("def r = phase('p') { worker job: 'bad', optional: true }\necho r.bad.status")
                        .status())
                .isEqualTo(ReportStatus.SUCCESS);
        assertThat(run("def r = phase('p', propagate: false) { worker job: 'bad' }\necho r.bad.reason")
                        .status())
                .isEqualTo(ReportStatus.SUCCESS);
        assertThat(printed).containsExactly("FAILURE", "it broke");
    }

    @Test
    public void waitsInEveryKindOfLoop() throws Exception {
        Outcome outcome = run(
                """
                for (i in 0..<2) { worker job: 'range' + i }
                for (int i = 0; i < 2; i++) { worker job: 'c' + i }
                for (x in ['l']) { worker job: x }
                for (x in (['s'] as Set)) { worker job: x }
                for (e in [k: 'm']) { worker job: e.key + e.value }
                for (k in [key: 1].keySet()) { worker job: k }
                ['e'].each { worker job: it }
                (1..2).each { worker job: 'r' + it }
                [a: 1].each { k, v -> worker job: k + v }
                2.times { worker job: 't' + it }
                ['i'].eachWithIndex { v, n -> worker job: v + n }
                def c = [1, 2].collect { worker(job: 'w' + it).data.x }
                int n = 0
                while (n < 2) { worker job: 'while' + n; n++ }
                echo c.toString()
                """);

        assertThat(outcome.status()).as(outcome.reason()).isEqualTo(ReportStatus.SUCCESS);
        assertThat(called)
                .containsExactly(
                        "range0", "range1", "c0", "c1", "l", "s", "km", "key", "e", "r1", "r2", "a1", "t0", "t1", "i0",
                        "w1", "w2", "while0", "while1");
        assertThat(printed).containsExactly("[1, 1]");
    }

    @Test
    public void runsBranchesSideBySide() throws Exception {
        Outcome outcome = run(
                """
                def r = parallel a: { sleep 5; worker(job: 'one').data.x }, b: { worker job: 'two'; 'b' }
                echo r.toString()
                """);

        assertThat(outcome.status()).isEqualTo(ReportStatus.SUCCESS);
        assertThat(called).containsExactlyInAnyOrder("one", "two");
        assertThat(printed).containsExactly("[a:1, b:b]");
    }

    @Test
    public void aFailedBranchFailsTheParallelAndWithFailFastEndsTheOthers() throws Exception {
        assertThat(run("parallel a: { worker job: 'bad' }, b: { worker job: 'good' }")
                        .reason())
                .isEqualTo("worker 'bad' failed: it broke");
        assertThat(called).containsExactlyInAnyOrder("bad", "good");
        called.clear();
        run("parallel failFast: true, a: { worker job: 'bad' }, b: { sleep 1; worker job: 'never' }");
        assertThat(called).containsExactly("bad");
    }

    @Test
    public void retriesAndCatches() throws Exception {
        int[] calls = new int[1];
        workers = call -> ++calls[0] < 3 ? Outcome.failure("not yet") : Outcome.success("fine", null);
        assertThat(run("retry(3) { worker job: 'x' }").status()).isEqualTo(ReportStatus.SUCCESS);
        assertThat(calls[0]).isEqualTo(3);
        workers = call -> Outcome.failure("it broke");
        assertThat(run("retry(2) { sleep 1; worker job: 'x' }").reason()).isEqualTo("worker 'x' failed: it broke");
        Outcome caught = run("catchError(message: 'hm') { worker job: 'x' }\necho currentBuild.result");
        assertThat(caught.reason()).isEqualTo("the build's result is FAILURE");
        assertThat(printed).endsWith("caught: hm", "FAILURE");
        assertThat(run("try { worker job: 'x' } catch (e) { echo e.message } finally { echo 'last' }")
                        .status())
                .isEqualTo(ReportStatus.SUCCESS);
        assertThat(printed).endsWith("worker 'x' failed: it broke", "last");
    }

    @Test
    public void timeoutsEndWhatTheyAreAround() throws Exception {
        assertThat(run("timeout(time: 5, unit: 'SECONDS') { sleep 10 }").reason())
                .isEqualTo("the timeout passed");
        assertThat(run("timeout(time: 20, unit: 'SECONDS') { sleep 10 }\necho 'in time'")
                        .status())
                .isEqualTo(ReportStatus.SUCCESS);
        assertThat(
                        run("""
                        timeout(time: 5, unit: 'SECONDS') {
                            retry(3) { timeout(1) { parallel a: { sleep 60 }, b: { sleep 90 } } }
                        }
                        """)
                                .reason())
                .isEqualTo("the timeout passed");
        assertThat(run("retry(2) { timeout(time: 1, unit: 'SECONDS') { sleep 60 } }")
                        .reason())
                .isEqualTo("the timeout passed");
        assertThat(printed).contains("retrying, 1 left: the timeout passed");
    }

    @Test
    public void namesAStepThatIsNotThereAndTheLine() throws Exception {
        assertThat(run("\nstage('s') {\n  node('linux') { sh 'x' }\n}").reason())
                .isEqualTo("jobs/a/a.groovy line 3: there is no step 'node'");
        assertThat(run("wroker job: 'x'").reason())
                .isEqualTo("jobs/a/a.groovy line 1: there is no step 'wroker'; did you mean 'worker'?");
        assertThat(run("phase 'x'").reason())
                .isEqualTo("jobs/a/a.groovy line 1: the step 'phase' cannot be called like this");
        assertThat(run("echo inptus.N").reason())
                .isEqualTo("jobs/a/a.groovy line 1: there is no variable 'inptus'; did you mean 'inputs'?");
    }

    @Test
    public void tellsWrongUseWithTheLine() throws Exception {
        assertThat(run("\nphase('p') {\n worker jb: 'x' }").reason())
                .startsWith("jobs/a/a.groovy line 3: worker has no argument 'jb'; did you mean 'job'?");
        assertThat(run("phase('p') { worker job: 'a'\n worker job: 'a' }").reason())
                .contains("two workers named 'a'");
        assertThat(run("phase('p') { phase('q') { } }").reason()).contains("'q' stands in the phase 'p'");
        assertThat(run("phase('p') { sleep 1 }").reason()).contains("only declares its workers");
        assertThat(run("worker job: 'a', inputs: [A: [1]]").reason()).contains("A must be a single value");
        assertThat(run("worker job: 'a', retries: -1").reason()).contains("whole number from 0 to 100");
        assertThat(run("report status: 'OK'").reason()).contains("'SUCCESS' or 'FAILURE', not 'OK'");
        assertThat(run("echo inputs.M").reason()).contains("there is no input 'M'; did you mean 'N'?");
        assertThat(run("parallel a: 1").reason()).contains("'a' must be a closure");
        assertThat(run("int x = 1 / 0").reason())
                .isEqualTo("jobs/a/a.groovy line 1: ArithmeticException: Division by zero");
        assertThat(run("error 'enough'").reason()).isEqualTo("enough");
    }

    @Test
    public void tellsWhatCannotBeSaved() throws Exception {
        assertThat(run("def m = 'abc' =~ /b/\nworker job: 'x'").reason())
                .contains("holds a java.util.regex.Matcher")
                .contains("@NonCPS");
    }

    @Test
    public void aReportIsNotBelievedAfterAFailure() throws Exception {
        Outcome outcome = run("report data: [a: 1]\nerror 'then it broke'");

        assertThat(outcome.status()).isEqualTo(ReportStatus.FAILURE);
        assertThat(outcome.reason()).isEqualTo("then it broke after reporting SUCCESS");
        assertThat(outcome.data().path("a").asInt()).isEqualTo(1);
        assertThat(run("report status: 'FAILURE', reason: 'no'").reason()).isEqualTo("no");
    }

    @Test
    public void seesInputsEnvironmentAndBuild() throws Exception {
        run(
                "echo \"${inputs.N + 1} ${params.N} ${inputs.NAME} ${env.HOME} ${currentBuild.number} ${currentBuild.currentResult}\"");

        assertThat(printed).containsExactly("4 3 null /h 7 SUCCESS");
    }

    @Test
    public void whatAMethodPrintsThatIsNotTransformedIsInTheLogToo() throws Exception {
        run("@NonCPS\ndef say(x) {\n  println \"said $x\"\n}\nsay(1)");

        assertThat(printed).containsExactly("said 1");
    }

    @Test
    public void errorsPointIntoTheFileTheyAreIn() throws Exception {
        ScriptSource source = new ScriptSource(List.of(
                new ScriptSource.Part("lib/before.groovy", "def twice(x) {\n  x + x\n}"),
                new ScriptSource.Part("jobs/a/a.groovy", "echo twice('a')\nnope()"),
                new ScriptSource.Part("lib/after.groovy", "echo 'z'")));
        Host host = new Host(Instant.EPOCH);
        Program.create(COMPILER.compile(source), CONTRACT, Map.of(), Map.of(), 1, "a", host)
                .start();

        assertThat(printed).containsExactly("aa");
        assertThat(host.outcome.reason()).isEqualTo("jobs/a/a.groovy line 2: there is no step 'nope'");
    }

    @Test
    public void tellsSyntaxErrorsWithTheirLine() {
        ScriptSource source = new ScriptSource(List.of(
                new ScriptSource.Part("lib/l.groovy", "def a = 1\n"),
                new ScriptSource.Part("jobs/a/a.groovy", "echo 'x'\nif (")));
        try {
            COMPILER.compile(source);
        } catch (ScriptErrors e) {
            assertThat(e.errors().get(0).location().toString()).isEqualTo("jobs/a/a.groovy line 2");
            return;
        }
        throw new AssertionError("it compiled");
    }
}
