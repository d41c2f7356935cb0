package io.jenkins.plugins.promise.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.promise.acceptance.PromiseSettings;
import io.jenkins.plugins.promise.contract.CheckedInputs;
import io.jenkins.plugins.promise.contract.Contract;
import io.jenkins.plugins.promise.contract.GivenInputs;
import io.jenkins.plugins.promise.contract.Input;
import io.jenkins.plugins.promise.contract.Nearest;
import io.jenkins.plugins.promise.contract.Violation;
import io.jenkins.plugins.promise.deployment.ScriptSource;
import io.jenkins.plugins.promise.engine.MarkedScript;
import io.jenkins.plugins.promise.engine.Program;
import io.jenkins.plugins.promise.engine.ProgramHost;
import io.jenkins.plugins.promise.orchestration.Phase;
import io.jenkins.plugins.promise.orchestration.WorkerCall;
import io.jenkins.plugins.promise.orchestration.WorkerResult;
import io.jenkins.plugins.promise.report.Outcome;
import io.jenkins.plugins.promise.report.ReportStatus;
import io.jenkins.plugins.promise.suite.Suite;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** One rehearsal under way: the program's host, with a clock that jumps to whatever happens next. */
final class RehearsalRun implements ProgramHost {
    private static final Duration DEADLINE = PromiseSettings.DEFAULT.deadline();
    private static final String RUNNING = "running";
    private static final double MILLIS = 1_000;
    /** What happens next happens at most so often: a script that sleeps in an endless loop must end, too. */
    private static final int MOST_EVENTS = 100_000;

    private final Suite suite;
    private final MarkedScript script;
    private final Rehearsal rehearsal;
    private final Contract contract;
    private final Instant started = Instant.EPOCH;
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparing(Event::at).thenComparing(Event::number));
    private final Map<Integer, PhaseRun> phases = new LinkedHashMap<>();
    private final Map<String, Integer> calls = new HashMap<>();
    private final Map<String, Integer> declaredAt = new HashMap<>();
    private final List<Difference> differences = new ArrayList<>();
    private final Set<Integer> marks = new TreeSet<>();
    private final List<String> printed = new ArrayList<>();
    private Instant now = started;
    private int lastEvent;
    private int lastMark = -1;
    private Program program;
    private Outcome outcome;

    RehearsalRun(Suite suite, MarkedScript script, Rehearsal rehearsal) {
        this.suite = suite;
        this.script = script;
        this.rehearsal = rehearsal;
        this.contract = suite.jobs().get(rehearsal.job()).file().contract();
    }

    Performance perform() {
        long begun = System.nanoTime();
        CheckedInputs inputs = contract.check(GivenInputs.of(withCallbacks()));
        if (!inputs.violations().isEmpty()) {
            inputs.violations()
                    .forEach(v -> differences.add(
                            Difference.of(rehearsal.file() + ":" + rehearsal.line("inputs"), "inputs: " + v)));
            outcome = Outcome.failure("nothing was run: the inputs do not fit the contract of " + rehearsal.job());
        } else {
            program = Program.create(
                    script.script(), contract, inputs.values(), inputs.strings(), 1, rehearsal.job(), this);
            at(started.plus(contract.deadline() == null ? DEADLINE : contract.deadline()), this::expire);
            program.start();
            play();
            compare();
        }
        return new Performance(
                rehearsal,
                phases.values().stream().map(PhaseRun::performed).toList(),
                outcome,
                differences,
                marks,
                printed,
                Duration.between(started, now),
                Duration.ofNanos(System.nanoTime() - begun));
    }

    /** Receivers that nobody names are somewhere that does not exist. */
    private Map<String, String> withCallbacks() {
        Map<String, String> given = new LinkedHashMap<>(rehearsal.inputs());
        for (Input callback : contract.callbacks()) {
            given.putIfAbsent(
                    callback.name(),
                    "https://rehearsal.invalid/" + callback.receives().keyword());
        }
        return given;
    }

    private void play() {
        for (int event = 0; outcome == null; event++) {
            Event next = events.remove();
            now = next.at();
            if (event == MOST_EVENTS) {
                end(Outcome.failure("the rehearsal does not end: more than " + MOST_EVENTS + " things happened in it"));
            } else {
                next.happens().run();
            }
        }
    }

    private void at(Instant time, Runnable happens) {
        events.add(new Event(time, ++lastEvent, happens));
    }

    private void expire() {
        end(Outcome.deadlinePassed(Duration.between(started, now), RUNNING));
    }

    private void end(Outcome end) {
        if (outcome == null) {
            program.stop();
            outcome = end.checkedAgainst(contract.outputs());
        }
    }

    @Override
    public void save(byte[] state) {
        // A rehearsal is over before anybody could kill it; that the state can be saved was seen by asking for it.
    }

    @Override
    public void start(Phase phase) {
        PhaseRun run = new PhaseRun(phase);
        phases.put(phase.number(), run);
        run.start();
    }

    @Override
    public void cancel(Phase phase, String why) {
        phases.get(phase.number()).over = true;
    }

    @Override
    public void wake(int timer, Instant time) {
        at(time, () -> program.timerFired(timer));
    }

    @Override
    public void print(String line) {
        printed.add(line);
    }

    @Override
    public void ended(Outcome end) {
        end(end);
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public void marked(int mark) {
        lastMark = mark;
        marks.add(mark);
    }

    @Override
    public void declared(WorkerCall call) {
        declaredAt.put(call.name(), lastMark);
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

    private Optional<WorkerPart> part(Phase phase, WorkerCall call) {
        WorkerPart exact = rehearsal.workers().get(phase.name() + "/" + call.name());
        return Optional.ofNullable(exact != null ? exact : rehearsal.workers().get(call.name()));
    }

    private void compare() {
        for (WorkerPart part : rehearsal.workers().values()) {
            int called = calls.getOrDefault(part.key(), 0);
            if (called != part.count()) {
                differences.add(new Difference(
                        rehearsal.file() + ":" + part.line(),
                        "calls of worker '" + part.key() + "'" + hint(part, called),
                        times(part.count()),
                        times(called)));
            }
        }
        List<String> names = phases.values().stream().map(p -> p.phase.name()).toList();
        if (rehearsal.phases() != null && !rehearsal.phases().equals(names)) {
            differences.add(new Difference(
                    rehearsal.file() + ":" + rehearsal.line("phases"),
                    "phases",
                    String.join(", ", rehearsal.phases()),
                    String.join(", ", names)));
        }
        compareReport();
        String state = outcome.status() == ReportStatus.SUCCESS ? "FULFILLED" : "REJECTED";
        if (rehearsal.state() != null && !rehearsal.state().equals(state)) {
            differences.add(new Difference(
                    rehearsal.file() + ":" + rehearsal.line("state"),
                    "the promise's state; its reason is: " + outcome.reason(),
                    rehearsal.state(),
                    state));
        }
    }

    private String hint(WorkerPart part, int called) {
        List<String> others = phases.values().stream()
                .flatMap(p -> p.phase.calls().stream().map(WorkerCall::name))
                .filter(n -> !rehearsal.workers().containsKey(n))
                .toList();
        return called == 0 ? Nearest.hint(part.key(), others) : "";
    }

    private static String times(int number) {
        return switch (number) {
            case 0 -> "never";
            case 1 -> "once";
            default -> number + " times";
        };
    }

    private void compareReport() {
        JsonNode expected = rehearsal.report().value();
        if (expected == null) {
            return;
        }
        Difference.first("report", expected, ReportYaml.observed(outcome)).ifPresent(place -> {
            String why = place.path().equals("report.status") ? "; its reason is: " + outcome.reason() : "";
            differences.add(new Difference(
                    rehearsal.file() + ":" + rehearsal.report().line(place.path()),
                    place.path() + why,
                    place.expected().toString(),
                    place.observed() == null ? "nothing" : place.observed().toString()));
        });
    }

    /** One phase: the answers to its workers, and another attempt after a failure while there are retries. */
    private final class PhaseRun {
        private final Phase phase;
        private final Map<String, WorkerResult> results = new HashMap<>();
        private final List<PerformedPhase.Call> performed = new ArrayList<>();
        private boolean over;

        private PhaseRun(Phase phase) {
            this.phase = phase;
        }

        PerformedPhase performed() {
            List<PerformedPhase.Call> all = new ArrayList<>(performed);
            for (WorkerCall call : phase.calls()) {
                if (performed.stream().noneMatch(p -> p.worker().equals(call.name()))) {
                    all.add(new PerformedPhase.Call(call.name(), "…", "not answered"));
                }
            }
            return new PerformedPhase(phase.name(), all);
        }

        void start() {
            phase.calls().forEach(call -> call(call, 1));
        }

        private void call(WorkerCall call, int attempt) {
            Optional<WorkerPart> part = part(phase, call);
            if (part.isEmpty()) {
                differences.add(Difference.of(
                        line(call),
                        "worker '" + call.name() + "' is called, and " + rehearsal.file()
                                + " has no answer for it under workers:"));
                answer(call, attempt, Outcome.failure("the rehearsal has no answer"), Duration.ZERO);
                return;
            }
            int number = calls.merge(part.get().key(), 1, Integer::sum);
            check(call, part.get());
            Answer answer = part.get().answer(number);
            Contract called = contractOf(call);
            if (answer.outcome().isPresent()) {
                Outcome given = answer.outcome().get();
                Outcome checked = called == null ? given : given.checkedAgainst(called.outputs());
                if (!checked.equals(given)) {
                    differences.add(Difference.of(
                            rehearsal.file() + ":" + part.get().line(),
                            "worker '" + part.get().key() + "' cannot answer this: " + checked.reason()));
                }
                answer(call, attempt, given, answer.after());
            } else {
                Duration limit = called == null || called.deadline() == null ? DEADLINE : called.deadline();
                answer(call, attempt, Outcome.deadlinePassed(limit, RUNNING), limit);
            }
        }

        private Contract contractOf(WorkerCall call) {
            Suite.SuiteJob job = suite.jobs().get(call.job());
            return job == null ? null : job.file().contract();
        }

        private void check(WorkerCall call, WorkerPart part) {
            Contract called = contractOf(call);
            if (called == null) {
                differences.add(Difference.of(
                        line(call),
                        "worker '" + call.name() + "' calls the job '" + call.job() + "', which is not in this suite"
                                + Nearest.hint(call.job(), suite.jobs().keySet())));
                return;
            }
            List<Violation> violations =
                    called.check(GivenInputs.of(call.inputs())).violations();
            if (!violations.isEmpty()) {
                differences.add(Difference.of(
                        line(call),
                        "worker '" + call.name() + "' does not fit the contract of " + call.job() + ": "
                                + violations.stream().map(Violation::toString).collect(Collectors.joining("; "))));
            }
            if (part.job() != null && !part.job().equals(call.job())) {
                differences.add(new Difference(
                        line(call), "worker '" + call.name() + "' calls another job", part.job(), call.job()));
            }
            if (part.inputs().value() != null) {
                part.inputs().value().fields().forEachRemaining(e -> checkInput(call, part, e.getKey(), e.getValue()));
            }
        }

        private void checkInput(WorkerCall call, WorkerPart part, String name, JsonNode expected) {
            Contract called = contractOf(call);
            String where = rehearsal.file() + ":" + part.inputs().line("inputs." + name);
            if (called != null && called.input(name) == null) {
                differences.add(Difference.of(
                        where,
                        "worker '" + part.key() + "': " + name + " is not an input of " + call.job()
                                + Nearest.hint(name, called.names())));
                return;
            }
            String given = call.inputs().get(name);
            if (!sameInput(expected, given)) {
                differences.add(new Difference(
                        line(call),
                        "worker '" + call.name() + "' is called with another " + name + " than " + where + " says",
                        name + ": " + expected,
                        name + ": " + (given == null ? "not given" : new TextNode(given))));
            }
        }

        private static boolean sameInput(JsonNode expected, String given) {
            if (given == null || expected.isNull()) {
                return given == null && expected.isNull();
            }
            try {
                return expected.isNumber()
                        ? expected.decimalValue().compareTo(new BigDecimal(given)) == 0
                        : expected.asText().equals(given);
            } catch (NumberFormatException e) {
                return false;
            }
        }

        private void answer(WorkerCall call, int attempt, Outcome given, Duration after) {
            Instant queued = now;
            at(now.plus(after), () -> answered(call, attempt, given, queued));
        }

        private void answered(WorkerCall call, int attempt, Outcome given, Instant queued) {
            if (over || results.containsKey(call.name())) {
                return;
            }
            double seconds = Duration.between(queued, now).toMillis() / MILLIS;
            WorkerResult result = new WorkerResult(given, call.job(), null, seconds);
            performed.add(new PerformedPhase.Call(call.name(), given.status().name(), given.reason()));
            if (!phase.last(call, attempt, result)) {
                call(call, attempt + 1);
                return;
            }
            results.put(call.name(), result);
            if (phase.endsOthers(call, result)) {
                phase.calls()
                        .forEach(other -> results.putIfAbsent(
                                other.name(),
                                new WorkerResult(
                                        Outcome.failure("worker '" + call.name() + "' failed"), null, null, 0)));
            }
            if (results.size() == phase.calls().size()) {
                over = true;
                program.phaseEnded(phase.number(), results);
            }
        }
    }

    /**
     * Something that will happen.
     *
     * @param at when
     * @param number in the order in which they were foreseen
     * @param happens what
     */
    private record Event(Instant at, int number, Runnable happens) {}
}
