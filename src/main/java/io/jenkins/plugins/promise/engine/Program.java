package io.jenkins.plugins.promise.engine;

import com.cloudbees.groovy.cps.Continuable;
import com.cloudbees.groovy.cps.Outcome;
import io.jenkins.plugins.promise.contract.Contract;
import io.jenkins.plugins.promise.engine.compiler.CompiledScript;
import io.jenkins.plugins.promise.engine.sandbox.Sandbox;
import io.jenkins.plugins.promise.orchestration.DeclaredInputs;
import io.jenkins.plugins.promise.orchestration.Phase;
import io.jenkins.plugins.promise.orchestration.StepException;
import io.jenkins.plugins.promise.orchestration.WorkerResult;
import io.jenkins.plugins.promise.orchestration.environment.EnvironmentAnswer;
import io.jenkins.plugins.promise.report.BuildResult;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A running orchestration. It runs on the thread of whoever calls it, until everything in it waits; then its state is
 * saved and what it waits for is started. It can be read back from that state in another process and goes on there.
 * Whatever is thrown in it, or while it is being saved, ends it with an outcome.
 */
public final class Program {
    private static final Duration SAVE_AGAIN = Duration.ofSeconds(1);

    @SuppressWarnings("rawtypes") // groovy-cps declares it so
    private static final List<Class> CATEGORIES = Stream.concat(
                    Continuable.categories.stream(), Stream.of(SerializableIteration.class))
            .toList();

    private final ProgramHost host;
    private final CompiledScript script;
    private final ProgramState state;
    private final Waits waits;
    private final Branches branches;
    private final StepExecution steps;
    private final ScriptFailures failures;
    private final Sandbox sandbox;
    private Branch latest;
    private boolean savesLater;
    private volatile boolean stopped;
    private volatile Slice slice;

    private Program(ProgramHost host, CompiledScript script, Sandbox sandbox, ProgramState state) {
        this.host = host;
        this.script = script;
        this.state = state;
        this.waits = new Waits(host, this::phaseEnded, this::timerFired, this::answered);
        this.branches = new Branches(host, state, waits);
        this.failures = new ScriptFailures(script, host);
        this.steps = new StepExecution(host, state, waits, failures);
        this.sandbox = sandbox;
    }

    /**
     * A program at its beginning.
     *
     * @param inputs the values of the contract's inputs
     * @param environment what the script sees as {@code env}
     * @param number its build's number
     * @param version the version that runs
     */
    public static Program create(
            CompiledScript script,
            Contract contract,
            Map<String, Object> inputs,
            Map<String, String> environment,
            long number,
            String version,
            ProgramHost host) {
        CurrentBuild build = new CurrentBuild(number, version, host.now().toEpochMilli());
        DeclaredInputs declared = new DeclaredInputs(contract.names(), inputs);
        Map<String, Object> variables = Map.of(
                "inputs", declared,
                "params", declared,
                "env", new LinkedHashMap<>(environment),
                "currentBuild", build);
        Sandbox sandbox = new Sandbox(host::print);
        return new Program(host, script, sandbox, sandbox.call(() -> ProgramState.initial(script, variables, build)));
    }

    /**
     * A program as it was saved.
     *
     * @throws IOException if the state cannot be read, for one because the script is another one
     */
    public static Program restore(byte[] saved, CompiledScript script, ProgramHost host) throws IOException {
        Sandbox sandbox = new Sandbox(host::print);
        return new Program(host, script, sandbox, sandbox.call(() -> ProgramState.of(saved, script)));
    }

    /** Starts the program, or goes on with a restored one. */
    public synchronized void start() {
        if (state.broken != null) {
            end(failures.of(state.broken, List.of()));
            return;
        }
        state.branches.values().forEach(waits::restored);
        run();
    }

    private synchronized void phaseEnded(int number, Map<String, WorkerResult> results) {
        goOn(b -> b.phase != null && b.phase.number() == number, branch -> {
            Phase phase = branch.phase;
            branch.phase = null;
            phase.failure(results)
                    .ifPresentOrElse(
                            why -> branch.fail(new ReportedFailure(why)), () -> branch.goOn(phase.value(results)));
        });
    }

    private synchronized void timerFired(int timer) {
        goOn(b -> b.wakes != null && b.timer == timer, branch -> {
            branch.wakes = null;
            branch.goOn(null);
        });
        goOn(b -> b.timeouts.containsKey(timer), branch -> {
            branch.timeouts.remove(timer);
            branches.interrupt(branch, new Interruption("the timeout passed", timer));
        });
    }

    private synchronized void answered(int question, EnvironmentAnswer answer) {
        goOn(b -> b.asks != null && b.question == question, branch -> steps.answered(branch, answer));
    }

    /** Goes on where something was waited for; nobody waits for it where it was interrupted meanwhile. */
    private void goOn(Predicate<Branch> where, Consumer<Branch> how) {
        state.branches.values().stream().filter(where).findFirst().ifPresent(branch -> {
            how.accept(branch);
            run();
        });
    }

    private synchronized void saveAgain() {
        savesLater = false;
        run();
    }

    /** Ends the program where it is, without an outcome. It may be called by any thread, also while the program runs. */
    public void stop() {
        stopped = true;
        Slice running = slice;
        if (running != null) {
            running.interrupt();
        }
    }

    private void run() {
        if (!stopped && !state.ended) {
            sandbox.run(this::runAll);
        }
    }

    private void runAll() {
        try {
            for (List<Branch> ready = state.ready(); !ready.isEmpty(); ready = state.ready()) {
                ready.forEach(this::advance);
            }
            if (!stopped && !state.ended) {
                save();
            }
        } catch (Throwable t) {
            // Errors too: whatever a script has brought about settles its promise, and hurts no other.
            if (stopped) {
                return;
            }
            if (state.ended) {
                throw t;
            }
            end(failures.of(t, standing()));
        }
    }

    private void save() {
        byte[] bytes;
        try {
            bytes = state.toBytes();
        } catch (IOException | RuntimeException | Error e) {
            end(failures.unsaved(e, standing()));
            return;
        }
        if (host.save(bytes)) {
            waits.begin();
        } else if (!savesLater) {
            savesLater = true;
            host.wake(host.now().plus(SAVE_AGAIN), this::saveAgain);
        }
    }

    /** Runs a branch until it waits or ends. */
    private void advance(Branch branch) {
        while (branch.resume != null && !stopped && !state.ended) {
            Outcome yielded = resume(branch);
            if (stopped || state.ended) {
                break;
            }
            if (!branch.continuable.isResumable()) {
                ended(branch, yielded);
                return;
            }
            try {
                if (!(yielded.getNormal() instanceof Step step)) {
                    throw new StepException("a script may only wait in steps");
                }
                steps.carryOut(branch, step);
            } catch (StepException e) {
                branch.fail(e);
            }
        }
        if (stopped) {
            branch.resume = null;
        }
    }

    /** Runs the script from where the branch stands to its next step. */
    private Outcome resume(Branch branch) {
        Outcome with = branch.resume;
        branch.resume = null;
        latest = branch;
        Slice running = new Slice(script, branch.continuable);
        slice = running;
        host.running(running);
        Outcome yielded = null;
        try {
            // Looked at again, for it may have been stopped by somebody who did not see this slice yet.
            yielded = stopped ? null : branch.continuable.run0(with, CATEGORIES);
        } finally {
            running.end();
            slice = null;
        }
        if (running.why() != null && !stopped) {
            end(failures.overran(running, yielded == null ? null : yielded.getAbnormal()));
        }
        return yielded;
    }

    private void ended(Branch branch, Outcome outcome) {
        if (branch.parent != null) {
            branches.ended(branch, outcome);
        } else if (outcome.isFailure()) {
            failures.calls(outcome.getAbnormal(), standing()).forEach(host::print);
            end(failures.of(outcome.getAbnormal(), standing()));
        } else {
            if (state.failsByItsResult()) {
                failures.tellCaught();
            }
            end(state.succeeded());
        }
    }

    /** The lines at which the branch stands that ran last. */
    private List<StackTraceElement> standing() {
        return latest == null ? List.of() : latest.lines();
    }

    private void end(BuildResult result) {
        state.ended = true;
        state.branches.clear();
        waits.clear();
        latest = null;
        host.ended(state.outcome(result));
    }
}
