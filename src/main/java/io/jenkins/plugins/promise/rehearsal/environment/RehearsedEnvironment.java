package io.jenkins.plugins.promise.rehearsal.environment;

import io.jenkins.plugins.promise.environment.Candidate;
import io.jenkins.plugins.promise.environment.CandidateState;
import io.jenkins.plugins.promise.environment.Entry;
import io.jenkins.plugins.promise.environment.EnvironmentRefusal;
import io.jenkins.plugins.promise.environment.EnvironmentRefusal.Why;
import io.jenkins.plugins.promise.environment.Head;
import io.jenkins.plugins.promise.environment.Manifest;
import io.jenkins.plugins.promise.environment.steps.WorkValues;
import io.jenkins.plugins.promise.environment.work.Act;
import io.jenkins.plugins.promise.environment.work.ActResult;
import io.jenkins.plugins.promise.environment.work.Outcome;
import io.jenkins.plugins.promise.environment.work.Placing;
import io.jenkins.plugins.promise.environment.work.Work;
import io.jenkins.plugins.promise.orchestration.environment.EnvironmentCall;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** One environment of a rehearsal: what is there, what is on its way, and what is done. */
final class RehearsedEnvironment {
    private final String name;
    private final RehearsedPlace place;
    private final Map<Long, Candidate> candidates = new TreeMap<>();
    private final Map<String, Entry> there;
    private Head head;
    private int turn;
    private Work work;
    private String held;

    RehearsedEnvironment(String name, RehearsedPlace place, Instant now) {
        this.name = name;
        this.place = place;
        Manifest manifest = manifest(place.there());
        this.head = manifest.empty()
                ? Head.none(name)
                : new Head(name, 1, manifest, Head.Cause.RELEASED, "before this rehearsal", now);
        this.there = new TreeMap<>(manifest.entries());
    }

    static Manifest manifest(Map<String, String> commits) {
        return Manifest.of(Entry.all(commits));
    }

    String name() {
        return name;
    }

    RehearsedPlace place() {
        return place;
    }

    Head head() {
        return head;
    }

    /** What is known to be there. */
    Map<String, Entry> there() {
        return new TreeMap<>(there);
    }

    Candidate submit(Map<String, String> commits) {
        long number = candidates.size() + 1L;
        Candidate added = new Candidate(name, number, number, Entry.all(commits), new CandidateState.Waiting());
        candidates.put(number, added);
        return added;
    }

    Candidate candidate(long number) {
        return Optional.ofNullable(candidates.get(number))
                .orElseThrow(
                        () -> new EnvironmentRefusal(Why.UNKNOWN, "there is no candidate " + number + " of " + name));
    }

    /** Begins with the next candidate; nothing if none waits. */
    Optional<Object> next(Function<List<Candidate>, Work> begins) {
        if (held != null) {
            throw new EnvironmentRefusal(Why.HALTED, "the queue of " + name + " is held: " + held);
        }
        return candidates.values().stream()
                .filter(c -> c.state() instanceof CandidateState.Waiting)
                .findFirst()
                .map(c -> begin(begins.apply(List.of(c))));
    }

    /** How a manifest may come here. */
    Head.Cause cause(EnvironmentCall.Release asked, Manifest wanted) {
        if (asked.rollback()) {
            return Head.Cause.ROLLED_BACK;
        }
        if (asked.untested() != null) {
            return Head.Cause.OVERRIDDEN;
        }
        if (place.tested().stream().noneMatch(t -> manifest(t).equals(wanted))) {
            throw new EnvironmentRefusal(
                    Why.UNTESTED, "manifest " + wanted.id() + " has no verdict: integrate it first");
        }
        return Head.Cause.RELEASED;
    }

    Map<String, Object> begin(Work begun) {
        work = begun;
        turn = 0;
        return WorkValues.of(turn, work);
    }

    Map<String, Object> told(EnvironmentCall.Told told, Consumer<Manifest> kept) {
        List<ActResult> results = WorkValues.results(work.acts(), told.results());
        for (ActResult result : results) {
            String component = result.act().component();
            if (result.act().kind() != Act.Kind.INTEGRATION) {
                Optional<Entry> seen = Placing.seen(result, there.remove(component));
                seen.ifPresent(e -> there.put(component, e));
            }
        }
        work = work.after(results);
        turn++;
        if (work instanceof Work.Ended ended) {
            ended(ended.outcome(), kept);
        }
        return WorkValues.of(turn, work);
    }

    private void ended(Outcome outcome, Consumer<Manifest> kept) {
        if (outcome instanceof Outcome.Integrated integrated) {
            moved(integrated.manifest(), Head.Cause.INTEGRATED, kept);
            integrated
                    .passed()
                    .forEach(n -> state(
                            n, new CandidateState.Passed(integrated.manifest().id())));
            Outcome.Rejection rejected = integrated.rejected();
            if (rejected != null) {
                state(rejected.candidate(), new CandidateState.Rejected(rejected.reason(), rejected.broke()));
            }
        } else if (outcome instanceof Outcome.Released released) {
            moved(released.to(), released.cause(), kept);
        } else if (outcome instanceof Outcome.Held stopped) {
            held = stopped.why();
        }
    }

    private void moved(Manifest to, Head.Cause cause, Consumer<Manifest> kept) {
        kept.accept(to);
        head = new Head(name, head.number() + 1, to, cause, "this rehearsal", Instant.EPOCH);
    }

    private void state(long number, CandidateState state) {
        candidates.put(number, candidates.get(number).in(state));
    }
}
