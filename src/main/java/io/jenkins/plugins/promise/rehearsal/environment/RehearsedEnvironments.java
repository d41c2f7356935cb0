package io.jenkins.plugins.promise.rehearsal.environment;

import io.jenkins.plugins.promise.environment.Entry;
import io.jenkins.plugins.promise.environment.EnvironmentRefusal;
import io.jenkins.plugins.promise.environment.EnvironmentRefusal.Why;
import io.jenkins.plugins.promise.environment.Head;
import io.jenkins.plugins.promise.environment.Manifest;
import io.jenkins.plugins.promise.environment.steps.PlanJson;
import io.jenkins.plugins.promise.environment.steps.WorkValues;
import io.jenkins.plugins.promise.environment.work.Integrating;
import io.jenkins.plugins.promise.environment.work.Releasing;
import io.jenkins.plugins.promise.orchestration.environment.EnvironmentAnswer;
import io.jenkins.plugins.promise.orchestration.environment.EnvironmentCall;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Answers the steps about environments in one rehearsal. */
public final class RehearsedEnvironments {
    private final Map<String, RehearsedPlace> said;
    private final Map<String, RehearsedEnvironment> environments = new TreeMap<>();
    private final Map<String, Manifest> manifests = new HashMap<>();
    private final Set<Integer> open = new HashSet<>();
    private final Supplier<Instant> now;
    private final BiConsumer<Instant, Runnable> at;
    private long fence;

    /**
     * Environments at their beginning.
     *
     * @param said by name
     * @param now the rehearsal's time
     * @param at foresees something
     */
    public RehearsedEnvironments(
            Map<String, RehearsedPlace> said, Supplier<Instant> now, BiConsumer<Instant, Runnable> at) {
        this.said = new TreeMap<>(said);
        this.now = now;
        this.at = at;
        said.forEach((name, place) -> {
            environment(name);
            place.tested().forEach(commits -> keep(RehearsedEnvironment.manifest(commits)));
        });
    }

    private RehearsedEnvironment environment(String name) {
        return environments.computeIfAbsent(name, n -> {
            RehearsedEnvironment made =
                    new RehearsedEnvironment(n, said.getOrDefault(n, RehearsedPlace.EMPTY), now.get());
            keep(made.head().manifest());
            return made;
        });
    }

    private Manifest keep(Manifest manifest) {
        manifests.put(manifest.id(), manifest);
        return manifest;
    }

    /** Answers a question when there is an answer. */
    public void ask(int question, EnvironmentCall call, Consumer<EnvironmentAnswer> answered) {
        open.add(question);
        RehearsedPlace place = environment(call.environment()).place();
        if (call instanceof EnvironmentCall.Take) {
            Instant free = Instant.EPOCH.plus(place.leased());
            answer(question, Duration.between(now.get(), free), () -> ++fence, answered);
        } else if (call instanceof EnvironmentCall.Approval approval) {
            // One that nobody approves is never answered: the deadline passes.
            place.approved().ifPresent(after -> answer(question, after, () -> approved(approval), answered));
        } else {
            answer(question, Duration.ZERO, () -> value(call), answered);
        }
    }

    /** Nobody waits for the answer to that question any more. */
    public void withdraw(int question) {
        open.remove(question);
    }

    private void answer(int question, Duration after, Supplier<Object> value, Consumer<EnvironmentAnswer> answered) {
        Instant time = after.isNegative() ? now.get() : now.get().plus(after);
        at.accept(time, () -> {
            if (open.remove(question)) {
                answered.accept(answer(value));
            }
        });
    }

    private static EnvironmentAnswer answer(Supplier<Object> value) {
        try {
            return new EnvironmentAnswer.Given(value.get());
        } catch (EnvironmentRefusal e) {
            return new EnvironmentAnswer.Refused(e.getMessage());
        }
    }

    private Object approved(EnvironmentCall.Approval asked) {
        manifest(asked.manifest());
        return "somebody";
    }

    private Manifest manifest(String id) {
        return Optional.ofNullable(manifests.get(id))
                .orElseThrow(() -> new EnvironmentRefusal(Why.UNKNOWN, "there is no manifest '" + id + "'"));
    }

    private Object value(EnvironmentCall call) {
        RehearsedEnvironment environment = environment(call.environment());
        if (call instanceof EnvironmentCall.Submit submit) {
            return WorkValues.of(environment.submit(submit.commits()));
        }
        if (call instanceof EnvironmentCall.Look look) {
            return WorkValues.of(environment.candidate(look.number()));
        }
        if (call instanceof EnvironmentCall.Compose compose) {
            return keep(environment.head().manifest().with(Entry.all(compose.commits())))
                    .id();
        }
        if (call instanceof EnvironmentCall.Integrate begin) {
            return environment
                    .next(taken -> Integrating.begin(
                            base(environment),
                            PlanJson.read(begin.plan()),
                            taken,
                            environment.there(),
                            environment.there().keySet()))
                    .orElse(null);
        }
        if (call instanceof EnvironmentCall.Release begin) {
            Manifest wanted = manifest(begin.manifest());
            Head.Cause cause = environment.cause(begin, wanted);
            return environment.begin(Releasing.begin(
                    environment.head(), wanted, cause, PlanJson.read(begin.plan()), false, environment.there()));
        }
        if (call instanceof EnvironmentCall.Told told) {
            return environment.told(told, this::keep);
        }
        return null;
    }

    /** What production has: the head of the environment after this one. */
    private Head base(RehearsedEnvironment tested) {
        return environments.values().stream()
                .filter(e -> tested.name().equals(e.place().after()))
                .findFirst()
                .orElse(tested)
                .head();
    }
}
