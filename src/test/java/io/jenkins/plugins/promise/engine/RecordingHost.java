package io.jenkins.plugins.promise.engine;

import io.jenkins.plugins.promise.contract.Contract;
import io.jenkins.plugins.promise.contract.Input;
import io.jenkins.plugins.promise.contract.InputType;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.deployment.bundle.ScriptSource;
import io.jenkins.plugins.promise.engine.compiler.CompiledScript;
import io.jenkins.plugins.promise.engine.compiler.OrchestrationCompiler;
import io.jenkins.plugins.promise.engine.compiler.ScriptErrors;
import io.jenkins.plugins.promise.orchestration.Phase;
import io.jenkins.plugins.promise.orchestration.WorkerCall;
import io.jenkins.plugins.promise.orchestration.WorkerResult;
import io.jenkins.plugins.promise.orchestration.environment.EnvironmentAnswer;
import io.jenkins.plugins.promise.orchestration.environment.EnvironmentCall;
import io.jenkins.plugins.promise.report.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Keeps what a program asks for, and answers when it is told to: good workers succeed, those named bad do not. */
final class RecordingHost implements ProgramHost {
    static final OrchestrationCompiler COMPILER = new OrchestrationCompiler();
    private static final Contract CONTRACT = Contract.of(Input.optional("N", InputType.INTEGER));

    final List<Phase> phases = new ArrayList<>();
    final List<String> printed = new ArrayList<>();
    private final List<Consumer<Map<String, WorkerResult>>> waiting = new ArrayList<>();
    private final List<Timer> timers = new ArrayList<>();
    byte[] saved;
    boolean full;
    Outcome outcome;
    Slice slice;
    private Instant now = Instant.EPOCH;

    static CompiledScript compile(String text) throws ScriptErrors {
        return COMPILER.compile(ScriptSource.of("jobs/a/a.groovy", text));
    }

    /** A program that was started. */
    static RecordingHost run(String text) throws ScriptErrors {
        RecordingHost host = new RecordingHost();
        create(text, host).start();
        return host;
    }

    static Program create(String text, ProgramHost host) throws ScriptErrors {
        return Program.create(compile(text), CONTRACT, Map.of("N", 3L), Map.of("HOME", "/h"), 7, "a-v1-abc1234", host);
    }

    /** Lets the first of what it waits for come. */
    void goOn() {
        if (!phases.isEmpty()) {
            Phase phase = phases.remove(0);
            Map<String, WorkerResult> results = new HashMap<>();
            for (WorkerCall call : phase.calls()) {
                Outcome end = call.job().startsWith("bad")
                        ? Outcome.failure("it broke")
                        : Outcome.success("fine", Json.mapper().valueToTree(Map.of("x", 1)));
                results.put(call.name(), new WorkerResult(end, call.job() + "-v1-abc", "http://x", 1.5));
            }
            waiting.remove(0).accept(results);
        } else {
            Timer next = timers.stream().min(Comparator.comparing(Timer::at)).orElseThrow();
            timers.remove(next);
            now = next.at().isAfter(now) ? next.at() : now;
            next.then().run();
        }
    }

    Outcome toTheEnd() {
        for (int times = 0; outcome == null && times < 100; times++) {
            goOn();
        }
        return outcome;
    }

    @Override
    public boolean save(byte[] state) {
        if (full) {
            return false;
        }
        saved = state;
        return true;
    }

    @Override
    public void start(Phase phase, Consumer<Map<String, WorkerResult>> ended) {
        phases.add(phase);
        waiting.add(ended);
    }

    @Override
    public void cancel(Phase phase, String why) {
        int at = phases.indexOf(phase);
        phases.remove(at);
        waiting.remove(at);
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

    @Override
    public void running(Slice begun) {
        slice = begun;
    }

    private record Timer(Instant at, Runnable then) {}
}
