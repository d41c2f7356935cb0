package io.jenkins.plugins.promise.component.generation;

import io.jenkins.plugins.promise.component.Component;
import io.jenkins.plugins.promise.component.StepKind;
import io.jenkins.plugins.promise.environment.steps.WorkValues;
import io.jenkins.plugins.promise.environment.work.Act;
import io.jenkins.plugins.promise.environment.work.ActResult;
import io.jenkins.plugins.promise.environment.work.Work;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Work in an environment, played through to know what a rehearsal of it must expect. */
final class PlayedWork {
    private static final String NOTHING = "fails: nothing runs there";

    private final Place place;
    private final Answers answers;
    private final Predicate<Act> fails;
    private final Map<String, String> runs;
    private final List<String> phases = new ArrayList<>();
    private final Map<String, List<String>> answered = new LinkedHashMap<>();
    private final Map<String, Map<String, String>> inputs = new LinkedHashMap<>();

    /**
     * Nothing was played yet.
     *
     * @param fails which acts fail
     * @param there what runs at the beginning, by component
     */
    PlayedWork(Place place, Answers answers, Predicate<Act> fails, Map<String, String> there) {
        this.place = place;
        this.answers = answers;
        this.fails = fails;
        this.runs = new TreeMap<>(there);
    }

    /** Plays it to its end. */
    PlayedWork play(Work begun) throws IOException {
        Work work = begun;
        while (!work.acts().isEmpty()) {
            phases.add(WorkValues.phase(work.acts()));
            List<ActResult> results = new ArrayList<>();
            for (Act act : work.acts()) {
                results.add(play(act));
            }
            work = work.after(results);
        }
        return this;
    }

    private ActResult play(Act act) throws IOException {
        Component component = place.its().stream()
                .filter(c -> c.name().equals(act.component()))
                .findFirst()
                .orElseThrow();
        StepKind kind = StepKind.valueOf(act.kind().name());
        String worker = component.job(kind);
        Map<String, String> given = place.expected(component, kind, act.entry().commit());
        // Of several calls only what is the same in all of them is expected.
        inputs.merge(worker, given, (one, two) -> {
            Map<String, String> both = new LinkedHashMap<>(one);
            both.entrySet().retainAll(two.entrySet());
            return both;
        });
        List<String> told = answered.computeIfAbsent(worker, w -> new ArrayList<>());
        String commit = runs.get(component.name());
        if (fails.test(act)) {
            told.add(Answers.FAILS);
            return ActResult.failed(act, "it broke");
        }
        if (kind == StepKind.PROBE) {
            told.add(commit == null ? NOTHING : Answers.runs(commit));
            return commit == null ? ActResult.failed(act, "nothing runs there") : ActResult.told(act, commit);
        }
        if (kind == StepKind.RELEASE) {
            runs.put(component.name(), act.entry().commit());
        }
        String good = answers.good(component, kind);
        told.add(good.isEmpty() ? "status: SUCCESS" : good);
        return ActResult.done(act);
    }

    /** The rest of a rehearsal: what workers answer, and what is expected. */
    String end(RehearsalYaml yaml, String report) {
        answered.forEach((worker, told) -> yaml.worker(
                worker,
                inputs.get(worker),
                "answers: ["
                        + String.join(
                                ", ", told.stream().map(a -> "{ " + a + " }").toList()) + "]"));
        return yaml.end(phases, report);
    }
}
