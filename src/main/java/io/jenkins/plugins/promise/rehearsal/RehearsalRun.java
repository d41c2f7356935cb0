package io.jenkins.plugins.promise.rehearsal;

import io.jenkins.plugins.promise.acceptance.host.PromiseSettings;
import io.jenkins.plugins.promise.contract.CheckedInputs;
import io.jenkins.plugins.promise.contract.Contract;
import io.jenkins.plugins.promise.contract.GivenInputs;
import io.jenkins.plugins.promise.deployment.bundle.ScriptSource;
import io.jenkins.plugins.promise.engine.Program;
import io.jenkins.plugins.promise.engine.ProgramHost;
import io.jenkins.plugins.promise.engine.Slice;
import io.jenkins.plugins.promise.engine.compiler.MarkedScript;
import io.jenkins.plugins.promise.orchestration.Phase;
import io.jenkins.plugins.promise.orchestration.PhaseCommand;
import io.jenkins.plugins.promise.orchestration.WorkerCall;
import io.jenkins.plugins.promise.orchestration.WorkerResult;
import io.jenkins.plugins.promise.orchestration.environment.EnvironmentAnswer;
import io.jenkins.plugins.promise.orchestration.environment.EnvironmentCall;
import io.jenkins.plugins.promise.rehearsal.environment.RehearsedEnvironments;
import io.jenkins.plugins.promise.report.Outcome;
import io.jenkins.plugins.promise.report.ReportStatus;
import io.jenkins.plugins.promise.suite.Suite;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** One rehearsal under way: the program's host, with a clock that jumps to whatever happens next. */
final class RehearsalRun implements ProgramHost {
    private static final Duration DEADLINE = PromiseSettings.DEFAULT.deadline();
    private static final String RUNNING = "running";
    /** What happens next happens at most so often: a script that sleeps in an endless loop must end, too. */
    private static final int MOST_EVENTS = 100_000;

    private final MarkedScript script;
    private final Rehearsal rehearsal;
    private final Contract contract;
    private final CallCheck check;
    private final RehearsedFiles files;
    private final VirtualTime time = new VirtualTime();
    private final Map<Integer, RehearsedPhase> phases = new LinkedHashMap<>();
    private final RehearsedEnvironments environments;
    private final Map<String, Integer> calls = new HashMap<>();
    private final Map<String, Integer> declaredAt = new HashMap<>();
    private final List<Difference> differences = new ArrayList<>();
    private final Set<Integer> marks = new TreeSet<>();
    private final List<String> printed = new ArrayList<>();
    private final Duration scriptLimit;
    private ScriptWatch watch;
    private Program program;
    private int lastMark = -1;
    private Outcome outcome;
    private ExpectationCheck.Crash crash;

    RehearsalRun(Suite suite, MarkedScript script, Rehearsal rehearsal, Duration scriptLimit) {
        this.scriptLimit = scriptLimit;
        this.script = script;
        this.rehearsal = rehearsal;
        this.contract = suite.jobs().get(rehearsal.job()).file().contract();
        this.check = new CallCheck(suite, rehearsal.file());
        this.files = new RehearsedFiles(check, rehearsal.file());
        this.environments = new RehearsedEnvironments(rehearsal.environments(), time::now, time::at);
    }

    Performance perform() {
        long start = System.nanoTime();
        CheckedInputs inputs = contract.check(GivenInputs.of(RehearsalCheck.inputs(rehearsal, contract)));
        if (!inputs.violations().isEmpty()) {
            inputs.violations()
                    .forEach(v -> differences.add(
                            Difference.of(rehearsal.file() + ":" + rehearsal.line("inputs"), "inputs: " + v)));
            outcome = Outcome.failure("nothing was run: the inputs do not fit the contract of " + rehearsal.job());
        } else {
            try (ScriptWatch begun = new ScriptWatch(scriptLimit)) {
                watch = begun;
                play(inputs);
            }
            differences.addAll(new ExpectationCheck(
                            rehearsal,
                            phases.values().stream().map(RehearsedPhase::phase).toList(),
                            calls,
                            outcome,
                            crash)
                    .differences());
        }
        return new Performance(
                rehearsal,
                phases.values().stream().map(RehearsedPhase::performed).toList(),
                outcome,
                crash != null
                        && outcome.status() == ReportStatus.FAILURE
                        && crash.unexpectedIn(rehearsal).isPresent(),
                differences,
                marks,
                printed,
                time.passed(),
                Duration.ofNanos(System.nanoTime() - start));
    }

    private void play(CheckedInputs inputs) {
        program =
                Program.create(script.script(), contract, inputs.values(), inputs.strings(), 1, rehearsal.job(), this);
        time.at(
                time.now().plus(contract.deadline() == null ? DEADLINE : contract.deadline()),
                () -> ended(Outcome.deadlinePassed(time.passed(), RUNNING)));
        watch.goesOn();
        program.start();
        for (int event = 0; outcome == null; event++) {
            Runnable next = time.next();
            if (event == MOST_EVENTS) {
                String why = "the rehearsal does not end: more than " + MOST_EVENTS + " things happened in it";
                crashed(script.script().source().at(0), why);
                ended(Outcome.failure(why));
            } else {
                watch.goesOn();
                next.run();
            }
        }
        program.stop();
    }

    @Override
    public boolean save(byte[] state) {
        // A rehearsal is over before anybody could kill it; that the state can be saved was seen by asking for it.
        return true;
    }

    @Override
    public void start(Phase phase, Consumer<Map<String, WorkerResult>> ended) {
        RehearsedPhase run = new RehearsedPhase(phase, time, this::answer, ended);
        phases.put(phase.number(), run);
        run.start();
    }

    @Override
    public void cancel(Phase phase, String why) {
        phases.get(phase.number()).cancel(why);
    }

    @Override
    public void ask(int question, EnvironmentCall call, Consumer<EnvironmentAnswer> answered) {
        environments.ask(question, call, answered);
    }

    @Override
    public void withdraw(int question, EnvironmentCall call) {
        environments.withdraw(question);
    }

    @Override
    public void wake(Instant at, Runnable then) {
        time.at(at, then);
    }

    @Override
    public void print(String line) {
        printed.add(line);
    }

    @Override
    public void crashed(ScriptSource.Location at, String what) {
        crash = crash == null ? new ExpectationCheck.Crash(at, what) : crash;
    }

    @Override
    public void ended(Outcome end) {
        if (outcome == null) {
            outcome = end.checkedAgainst(contract.outputs());
        }
    }

    @Override
    public Instant now() {
        return time.now();
    }

    @Override
    public void running(Slice slice) {
        watch.running(slice);
    }

    @Override
    public void marked(int mark) {
        lastMark = mark;
        marks.add(mark);
        if (watch.overran() && outcome == null) {
            // Each statement of a rehearsed script is a slice of its own.
            ScriptSource.Location at =
                    script.script().source().at(script.marks().get(mark).line());
            crashed(at, watch.told());
            ended(Outcome.failure(at + ": " + watch.told()));
            program.stop();
        }
    }

    @Override
    public void declared(WorkerCall call) {
        declaredAt.put(call.name(), lastMark);
    }

    /** What a worker answers; how often it was called is counted on the way. */
    private Answer answer(Phase phase, PhaseCommand.Submit submit) {
        WorkerCall call = submit.call();
        Optional<WorkerPart> found = part(phase, call);
        if (found.isEmpty()) {
            differences.add(Difference.of(
                    line(call),
                    "worker '" + call.name() + "' is called, and " + rehearsal.file()
                            + " has no answer for it under workers:"));
            return new Answer(Optional.of(Outcome.failure("the rehearsal has no answer")), Duration.ZERO);
        }
        WorkerPart part = found.get();
        differences.addAll(check.check(call, part, line(call)));
        differences.addAll(files.differences(call, part, line(call)));
        Answer answer = part.answer(calls.merge(part.key(), 1, Integer::sum));
        files.answered(RehearsedFiles.id(phase, submit), call, answer);
        if (answer.outcome().isPresent()) {
            check.answer(call, part, answer).ifPresent(differences::add);
            return answer;
        }
        Duration limit = check.contract(call).map(Contract::deadline).orElse(DEADLINE);
        return new Answer(Optional.of(Outcome.deadlinePassed(limit, RUNNING)), limit);
    }

    private Optional<WorkerPart> part(Phase phase, WorkerCall call) {
        WorkerPart exact = rehearsal.workers().get(phase.name() + "/" + call.name());
        return Optional.ofNullable(exact != null ? exact : rehearsal.workers().get(call.name()));
    }

    private String line(WorkerCall call) {
        int mark = declaredAt.getOrDefault(call.name(), -1);
        if (mark < 0) {
            return rehearsal.job();
        }
        ScriptSource.Location at =
                script.script().source().at(script.marks().get(mark).line());
        return at.file() + ":" + at.line();
    }
}
