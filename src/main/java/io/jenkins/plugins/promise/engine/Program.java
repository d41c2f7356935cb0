package io.jenkins.plugins.promise.engine;

import com.cloudbees.groovy.cps.Continuable;
import com.cloudbees.groovy.cps.ObjectInputStreamWithLoader;
import com.cloudbees.groovy.cps.Outcome;
import com.cloudbees.groovy.cps.impl.ConstantBlock;
import com.cloudbees.groovy.cps.impl.CpsCallableInvocation;
import groovy.lang.Closure;
import groovy.lang.MissingMethodException;
import groovy.lang.MissingPropertyException;
import groovy.lang.Script;
import io.jenkins.plugins.promise.contract.Contract;
import io.jenkins.plugins.promise.contract.Nearest;
import io.jenkins.plugins.promise.orchestration.DeclaredInputs;
import io.jenkins.plugins.promise.orchestration.Phase;
import io.jenkins.plugins.promise.orchestration.ReportedOutcome;
import io.jenkins.plugins.promise.orchestration.StepException;
import io.jenkins.plugins.promise.orchestration.WorkerCall;
import io.jenkins.plugins.promise.orchestration.WorkerResult;
import io.jenkins.plugins.promise.report.BuildResult;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A running orchestration. It runs on the thread of whoever calls it, until everything in it waits; then its state is
 * saved and what it waits for is started. It can be read back from that state in another process and goes on there.
 */
public final class Program {
    private static final List<String> STEPS = List.of(
            "phase",
            "worker",
            "report",
            "inputs",
            "echo",
            "error",
            "retry",
            "timeout",
            "sleep",
            "parallel",
            "stage",
            "catchError",
            "params",
            "env",
            "currentBuild");
    private static final int MAIN = 0;

    @SuppressWarnings("rawtypes") // groovy-cps declares it so
    private static final List<Class> CATEGORIES = categories();

    private final ProgramHost host;
    private final CompiledScript script;
    private final State state;
    private final List<Runnable> effects = new ArrayList<>();
    private volatile boolean stopped;
    private volatile Continuable current;

    private Program(ProgramHost host, CompiledScript script, State state) {
        this.host = host;
        this.script = script;
        this.state = state;
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
        Script instance;
        try {
            instance = script.type().getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a compiled script has a constructor without arguments", e);
        }
        State state = new State();
        state.build = new CurrentBuild(number, version, host.now().toEpochMilli());
        DeclaredInputs declared = new DeclaredInputs(contract.names(), inputs);
        instance.getBinding().setVariable("inputs", declared);
        instance.getBinding().setVariable("params", declared);
        instance.getBinding().setVariable("env", new LinkedHashMap<>(environment));
        instance.getBinding().setVariable("currentBuild", state.build);
        Branch main = new Branch(MAIN, null, new Continuable(instance));
        main.resume = new Outcome(null, null);
        state.branches.put(MAIN, main);
        return new Program(host, script, state);
    }

    /**
     * A program as it was saved.
     *
     * @throws IOException if the state cannot be read, for one because the script is another one
     */
    public static Program restore(byte[] saved, CompiledScript script, ProgramHost host) throws IOException {
        try (ObjectInputStream in = new ObjectInputStreamWithLoader(new ByteArrayInputStream(saved), script.loader())) {
            return new Program(host, script, (State) in.readObject());
        } catch (ClassNotFoundException e) {
            throw new IOException("the saved orchestration does not fit its script: " + e.getMessage(), e);
        }
    }

    @SuppressWarnings("rawtypes")
    private static List<Class> categories() {
        List<Class> categories = new ArrayList<>(Continuable.categories);
        categories.add(SerializableIteration.class);
        return categories;
    }

    /** Starts the program, or goes on with a restored one. */
    public synchronized void start() {
        for (Branch branch : state.branches.values()) {
            if (branch.phase != null) {
                Phase phase = branch.phase;
                effects.add(() -> host.start(phase));
            }
            if (branch.wakes != null) {
                int timer = branch.timer;
                Instant at = branch.wakes;
                effects.add(() -> host.wake(timer, at));
            }
            branch.timeouts.forEach((timer, at) -> effects.add(() -> host.wake(timer, at)));
        }
        run();
    }

    /** Goes on after a phase, with a result for each of its workers. */
    public synchronized void phaseEnded(int number, Map<String, WorkerResult> results) {
        for (Branch branch : state.branches.values()) {
            if (branch.phase != null && branch.phase.number() == number) {
                Phase phase = branch.phase;
                branch.phase = null;
                Optional<String> failure = phase.failure(results);
                branch.resume = failure.isPresent()
                        ? failed(branch, new ReportedFailure(failure.get()))
                        : new Outcome(phase.value(results), null);
                run();
                return;
            }
        }
    }

    /** Goes on after a time asked for with {@link ProgramHost#wake}. */
    public synchronized void timerFired(int timer) {
        for (Branch branch : new ArrayList<>(state.branches.values())) {
            if (branch.wakes != null && branch.timer == timer) {
                branch.wakes = null;
                branch.resume = new Outcome(null, null);
                run();
                return;
            }
            if (branch.timeouts.containsKey(timer)) {
                branch.timeouts.remove(timer);
                interrupt(branch, new Interruption("the timeout passed", timer));
                run();
                return;
            }
        }
    }

    /** Ends the program where it is, without an outcome. It may be called by any thread, also while the program runs. */
    public void stop() {
        stopped = true;
        Continuable running = current;
        if (running != null) {
            running.superInterrupt(new Interruption("stopped", 0));
        }
    }

    private void run() {
        boolean again = true;
        while (again) {
            again = false;
            for (Branch branch : new ArrayList<>(state.branches.values())) {
                if (branch.resume != null && state.branches.containsKey(branch.id)) {
                    advance(branch);
                    again = true;
                }
            }
        }
        if (stopped || state.ended) {
            return;
        }
        try {
            host.save(bytes());
        } catch (NotSerializableException e) {
            end(new BuildResult(
                    false,
                    "the script cannot be saved while it waits, because it holds a " + e.getMessage()
                            + "; use it in a @NonCPS method, or set it to null before the next step"));
            return;
        } catch (IOException e) {
            end(new BuildResult(false, "the orchestration's state cannot be written to disk: " + e.getMessage()));
            return;
        }
        List<Runnable> started = new ArrayList<>(effects);
        effects.clear();
        started.forEach(Runnable::run);
    }

    /** Runs a branch until it waits or ends. */
    private void advance(Branch branch) {
        while (branch.resume != null && !stopped) {
            Outcome with = branch.resume;
            branch.resume = null;
            current = branch.continuable;
            Outcome yielded = branch.continuable.run0(with, CATEGORIES);
            current = null;
            if (stopped) {
                return;
            }
            if (!branch.continuable.isResumable()) {
                ended(branch, yielded);
                return;
            }
            if (!(yielded.getNormal() instanceof Step step)) {
                branch.resume = failed(branch, new StepException("a script may only wait in steps"));
                continue;
            }
            try {
                carryOut(branch, step);
            } catch (StepException e) {
                branch.resume = failed(branch, e);
            }
        }
        if (stopped) {
            branch.resume = null;
        }
    }

    private void carryOut(Branch branch, Step step) {
        if (step instanceof Step.Mark mark) {
            host.marked(mark.number());
            branch.resume = new Outcome(null, null);
        } else if (step instanceof Step.Echo echo) {
            host.print(echo.text());
            branch.resume = new Outcome(null, null);
        } else if (step instanceof Step.BeginPhase begin) {
            if (branch.declaring != null) {
                throw new StepException("the phase '" + begin.name() + "' stands in the phase '"
                        + branch.declaring.name() + "'; phases follow each other, or run in branches of parallel");
            }
            branch.declaring = Phase.declared(++state.phases, begin.name(), begin.options());
            branch.resume = new Outcome(null, null);
        } else if (step instanceof Step.Worker worker) {
            declare(branch, WorkerCall.of(worker.arguments()));
        } else if (step instanceof Step.EndPhase) {
            Phase phase = branch.declaring;
            branch.declaring = null;
            if (phase.calls().isEmpty()) {
                branch.resume = new Outcome(new LinkedHashMap<>(), null);
            } else {
                begin(branch, phase);
            }
        } else if (step instanceof Step.AbandonPhase) {
            branch.declaring = null;
            branch.resume = new Outcome(null, null);
        } else if (step instanceof Step.SetReport set) {
            report(set.arguments());
            branch.resume = new Outcome(null, null);
        } else {
            wait(branch, step);
        }
    }

    private void wait(Branch branch, Step step) {
        if (branch.declaring != null) {
            throw new StepException("the phase '" + branch.declaring.name()
                    + "' only declares its workers; sleep, timeout and parallel stand outside it");
        }
        if (step instanceof Step.Sleep sleep) {
            branch.timer = ++state.timers;
            branch.wakes = host.now().plus(sleep.duration());
            int timer = branch.timer;
            Instant at = branch.wakes;
            effects.add(() -> host.wake(timer, at));
        } else if (step instanceof Step.BeginTimeout timeout) {
            int timer = ++state.timers;
            Instant at = host.now().plus(timeout.duration());
            branch.timeouts.put(timer, at);
            effects.add(() -> host.wake(timer, at));
            branch.resume = new Outcome(timer, null);
        } else if (step instanceof Step.EndTimeout timeout) {
            branch.timeouts.remove(timeout.scope());
            branch.resume = new Outcome(null, null);
        } else if (step instanceof Step.Parallel parallel) {
            branch.parallel = new Parallel(parallel.failFast());
            parallel.branches().forEach((name, body) -> {
                Branch child = new Branch(++state.lastBranch, branch.id, program(body));
                child.resume = new Outcome(null, null);
                branch.parallel.names.put(child.id, name);
                branch.parallel.values.put(name, null);
                state.branches.put(child.id, child);
            });
        } else {
            throw new IllegalStateException("unknown step " + step);
        }
    }

    private static Continuable program(Closure<?> body) {
        try {
            Object value = body.call();
            return new Continuable(new ConstantBlock(value));
        } catch (CpsCallableInvocation invocation) {
            return new Continuable(invocation.asBlock());
        }
    }

    private void declare(Branch branch, WorkerCall call) {
        host.declared(call);
        if (branch.declaring == null) {
            begin(branch, Phase.of(++state.phases, call));
        } else {
            branch.declaring = branch.declaring.with(call);
            branch.resume = new Outcome(call.name(), null);
        }
    }

    private void begin(Branch branch, Phase phase) {
        state.workers += phase.calls().size();
        branch.phase = phase;
        effects.add(() -> host.start(phase));
    }

    private void report(Map<?, ?> arguments) {
        state.reported = ReportedOutcome.of(arguments);
    }

    private void interrupt(Branch branch, Interruption cause) {
        if (branch.parallel != null) {
            new ArrayList<>(branch.parallel.names.keySet())
                    .stream().map(state.branches::get).filter(c -> c != null).forEach(c -> interrupt(c, cause));
            return;
        }
        if (branch.phase != null) {
            Phase phase = branch.phase;
            effects.add(() -> host.cancel(phase, cause.getMessage()));
            branch.phase = null;
        }
        branch.wakes = null;
        branch.resume = failed(branch, cause);
    }

    private void ended(Branch branch, Outcome outcome) {
        state.branches.remove(branch.id);
        if (branch.parent == null) {
            end(outcome.isFailure() ? failure(outcome.getAbnormal()) : succeeded());
            return;
        }
        Branch parent = state.branches.get(branch.parent);
        Parallel parallel = parent.parallel;
        String name = parallel.names.remove(branch.id);
        if (outcome.isFailure()) {
            host.print("branch '" + name + "' failed: " + outcome.getAbnormal().getMessage());
            if (parallel.failure == null) {
                parallel.failure = outcome.getAbnormal();
                if (parallel.failFast) {
                    parallel.names.keySet().stream()
                            .map(state.branches::get)
                            .toList()
                            .forEach(c -> interrupt(c, new Interruption("branch '" + name + "' failed", 0)));
                }
            }
        } else {
            parallel.values.put(name, outcome.getNormal());
        }
        if (parallel.names.isEmpty()) {
            parent.parallel = null;
            parent.resume =
                    parallel.failure != null ? new Outcome(null, parallel.failure) : new Outcome(parallel.values, null);
        }
    }

    private BuildResult succeeded() {
        if (!state.build.getCurrentResult().equals("SUCCESS")) {
            return new BuildResult(false, "the build's result is " + state.build.getResult());
        }
        return new BuildResult(true, Phase.told(state.workers, state.phases));
    }

    private BuildResult failure(Throwable cause) {
        String message = told(cause);
        if (cause instanceof ReportedFailure) {
            return new BuildResult(false, message);
        }
        return new BuildResult(false, script.source().at(lineOf(cause)) + ": " + message);
    }

    private String told(Throwable cause) {
        if (cause instanceof MissingMethodException missing) {
            if (script.type().equals(missing.getType()) && !STEPS.contains(missing.getMethod())) {
                return "there is no step '" + missing.getMethod() + "'" + Nearest.hint(missing.getMethod(), STEPS);
            }
            if (script.type().equals(missing.getType())) {
                return "the step '" + missing.getMethod() + "' cannot be called like this";
            }
        }
        if (cause instanceof MissingPropertyException missing && script.type().equals(missing.getType())) {
            return "there is no variable '" + missing.getProperty() + "'" + Nearest.hint(missing.getProperty(), STEPS);
        }
        if (cause instanceof StepException) {
            return cause.getMessage();
        }
        return cause.getClass().getSimpleName() + ": " + cause.getMessage();
    }

    private int lineOf(Throwable cause) {
        for (StackTraceElement element : cause.getStackTrace()) {
            if (script.unit().equals(element.getFileName()) && element.getLineNumber() > 0) {
                return element.getLineNumber();
            }
        }
        return 0;
    }

    /** An exception made here knows nothing of the script; it is given the lines at which the branch stands. */
    private static Outcome failed(Branch branch, StepException e) {
        e.setStackTrace(branch.continuable.getStackTrace().toArray(StackTraceElement[]::new));
        return new Outcome(null, e);
    }

    private void end(BuildResult result) {
        state.ended = true;
        state.branches.clear();
        effects.clear();
        host.ended(state.reported == null ? ReportedOutcome.none(result) : state.reported.with(result));
    }

    private byte[] bytes() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (StateOutput out = new StateOutput(bytes)) {
            out.writeObject(state);
        }
        return bytes.toByteArray();
    }

    /** All that is saved. */
    private static final class State implements Serializable {
        private static final long serialVersionUID = 1;

        private final TreeMap<Integer, Branch> branches = new TreeMap<>();
        private CurrentBuild build;
        private int lastBranch;
        private int phases;
        private int workers;
        private int timers;
        private boolean ended;
        private ReportedOutcome reported;
    }

    /** A line of execution: the script itself, or a branch of {@code parallel}. */
    private static final class Branch implements Serializable {
        private static final long serialVersionUID = 1;

        private final int id;
        private final Integer parent;
        private final Continuable continuable;
        private final TreeMap<Integer, Instant> timeouts = new TreeMap<>();
        private transient Outcome resume;
        private Phase declaring;
        private Phase phase;
        private int timer;
        private Instant wakes;
        private Parallel parallel;

        private Branch(int id, Integer parent, Continuable continuable) {
            this.id = id;
            this.parent = parent;
            this.continuable = continuable;
        }
    }

    /** A branch that waits for others. */
    private static final class Parallel implements Serializable {
        private static final long serialVersionUID = 1;

        private final boolean failFast;
        private final TreeMap<Integer, String> names = new TreeMap<>();
        private final LinkedHashMap<String, Object> values = new LinkedHashMap<>();
        private Throwable failure;

        private Parallel(boolean failFast) {
            this.failFast = failFast;
        }
    }
}
