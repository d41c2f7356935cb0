package io.jenkins.plugins.promise.component.generation;

import io.jenkins.plugins.promise.component.Component;
import io.jenkins.plugins.promise.component.StepKind;
import io.jenkins.plugins.promise.environment.Candidate;
import io.jenkins.plugins.promise.environment.CandidateState;
import io.jenkins.plugins.promise.environment.Entry;
import io.jenkins.plugins.promise.environment.Head;
import io.jenkins.plugins.promise.environment.Manifest;
import io.jenkins.plugins.promise.environment.ReleaseJob;
import io.jenkins.plugins.promise.environment.work.Act;
import io.jenkins.plugins.promise.environment.work.Integrating;
import io.jenkins.plugins.promise.environment.work.Plan;
import io.jenkins.plugins.promise.environment.work.Releasing;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The rehearsals and the case of an orchestration that changes what is in one environment. */
final class GatedRehearsals {
    private static final String BECAUSE = "it is a rehearsal";
    private static final String GOOD = "{ status: SUCCESS }";
    private static final String BAD = "{ status: FAILURE }";

    private final Place place;
    private final Place.Job job;
    private final Answers answers;
    private final Plan plan;
    private final List<Component> first;
    private final String folder;

    GatedRehearsals(Place place, Place.Job job, Answers answers) {
        this.place = place;
        this.job = job;
        this.answers = answers;
        this.plan = place.plan(job.components());
        this.first = place.trains(job.components()).get(0).subList(0, 1);
        this.folder = "rehearsals/" + job.name() + "/";
    }

    void addTo(SuiteFiles files) throws IOException {
        if (job.step() == StepKind.INTEGRATION) {
            integration(files);
        } else {
            release(files);
        }
        for (Component component : job.components()) {
            for (String secret : place.secrets(component, job.step())) {
                Map<String, String> inputs = inputs(List.of(component));
                inputs.remove(component.input(secret));
                files.add(
                        folder + "without-" + secret + "-of-" + component.name() + ".yaml",
                        yaml("Nothing is begun without the secret " + secret + " of " + component.name() + ".", inputs)
                                .end(List.of(), BAD));
            }
        }
    }

    private static Map<String, String> commits(Collection<Component> components, String commit) {
        Map<String, String> commits = new TreeMap<>();
        components.forEach(c -> commits.put(c.name(), commit));
        return commits;
    }

    private static Manifest manifest(Map<String, String> commits) {
        return Manifest.of(Entry.all(commits));
    }

    private Map<String, String> inputs(Collection<Component> named) {
        Map<String, String> inputs = new LinkedHashMap<>();
        named.forEach(c -> inputs.put(c.input(Place.HASH), RehearsalYaml.COMMIT));
        inputs.putAll(secrets());
        return inputs;
    }

    private Map<String, String> secrets() {
        Map<String, String> secrets = new LinkedHashMap<>();
        job.components()
                .forEach(c -> place.secrets(c, job.step()).forEach(s -> secrets.put(c.input(s), RehearsalYaml.SECRET)));
        return secrets;
    }

    private RehearsalYaml yaml(String about, Map<String, String> inputs) {
        return new RehearsalYaml(place.madeOf(), about, inputs);
    }

    private void integration(SuiteFiles files) throws IOException {
        Map<String, String> nothing = Map.of();
        Map<String, String> before = commits(job.components(), RehearsalYaml.OTHER);
        files.add(
                folder + "all.yaml",
                integrated("All are new, and all goes well.", job.components(), nothing, a -> false, GOOD));
        files.add(
                folder + "nothing.yaml", yaml("No candidate waits.", secrets()).end(List.of(), GOOD));
        files.add(
                folder + "one-cannot-be-released.yaml",
                integrated(
                        "The candidate cannot be released.",
                        first,
                        before,
                        a -> a.kind() == Act.Kind.RELEASE && isNew(a),
                        BAD));
        Optional<String> breaks = plan.touched(List.of(first.get(0).name())).stream()
                .filter(plan.tested()::contains)
                .reduce((one, two) -> two);
        if (breaks.isPresent()) {
            Predicate<Act> breaking =
                    a -> a.kind() == Act.Kind.INTEGRATION && a.component().equals(breaks.get());
            files.add(
                    folder + "base-is-broken.yaml",
                    integrated(breaks.get() + " fails without the candidate too.", first, before, breaking, BAD));
            files.add(
                    folder + "one-breaks.yaml",
                    integrated(
                            breaks.get() + " fails with the candidate, and not without it.",
                            first,
                            before,
                            breaksOnce(breaking),
                            BAD));
        }
        Cases.add(place.madeOf(), job.name(), inputs(job.components()), files);
    }

    private static boolean isNew(Act act) {
        return act.entry().commit().equals(RehearsalYaml.COMMIT);
    }

    /** The first time only: afterwards it is run without the candidate. */
    private static Predicate<Act> breaksOnce(Predicate<Act> breaking) {
        boolean[] broke = new boolean[1];
        return act -> {
            boolean breaks = breaking.test(act) && !broke[0];
            broke[0] |= breaks;
            return breaks;
        };
    }

    private String integrated(
            String about, List<Component> named, Map<String, String> there, Predicate<Act> fails, String report)
            throws IOException {
        Manifest manifest = manifest(there);
        String name = place.environment().name();
        Candidate candidate = new Candidate(
                name, 1, 1, manifest(commits(named, RehearsalYaml.COMMIT)).entries(), new CandidateState.Waiting());
        RehearsalYaml yaml = yaml(about, inputs(named)).environment(name, RehearsalYaml.there(there));
        place.next()
                .ifPresent(next ->
                        yaml.environment(next, "after: " + Quoted.yaml(name) + ", " + RehearsalYaml.there(there)));
        return new PlayedWork(place, answers, fails, there)
                .play(Integrating.begin(head(name, manifest), plan, List.of(candidate), manifest.entries(), Set.of()))
                .end(yaml, report);
    }

    private static Head head(String environment, Manifest manifest) {
        return new Head(environment, 1, manifest, Head.Cause.RELEASED, "before", Instant.EPOCH);
    }

    private void release(SuiteFiles files) throws IOException {
        Map<String, String> wanted = commits(job.components(), RehearsalYaml.COMMIT);
        Map<String, String> inputs = new LinkedHashMap<>();
        inputs.put(ReleaseJob.MANIFEST, manifest(wanted).id());
        inputs.putAll(secrets());
        String firstName = first.get(0).name();
        Predicate<Act> refused =
                a -> a.kind() == Act.Kind.RELEASE && a.component().equals(firstName);
        files.add(
                folder + "all.yaml",
                released(yaml("All are new, and all goes well.", inputs), wanted, a -> false, GOOD));
        files.add(
                folder + "one-fails.yaml",
                released(
                        yaml(firstName + " cannot be released, and is put back.", inputs),
                        wanted,
                        a -> refused.test(a) && isNew(a),
                        BAD));
        files.add(
                folder + "torn.yaml",
                released(yaml(firstName + " can be neither released nor put back.", inputs), wanted, refused, BAD));
        Map<String, String> untested = new LinkedHashMap<>(inputs(first));
        untested.put(GatedOrchestration.UNTESTED_BECAUSE, BECAUSE);
        Map<String, String> beside = commits(job.components(), RehearsalYaml.OTHER);
        beside.putAll(commits(first, RehearsalYaml.COMMIT));
        files.add(
                folder + "untested.yaml",
                released(yaml("Somebody takes a commit without a test.", untested), beside, a -> false, GOOD));
        files.add(folder + "nothing.yaml", yaml("Nothing is named.", Map.of()).end(List.of(), BAD));
        if (place.environment().approve()) {
            files.add(
                    folder + "never-approved.yaml",
                    yaml("Nobody approves it until the deadline.", inputs)
                            .environment(
                                    place.environment().name(),
                                    "approved: never, tested: [" + RehearsalYaml.commits(wanted) + "]")
                            .end(List.of(), BAD));
        } else {
            Map<String, String> all = inputs(job.components());
            all.put(GatedOrchestration.UNTESTED_BECAUSE, BECAUSE);
            Cases.add(place.madeOf(), job.name(), all, files);
        }
    }

    private String released(RehearsalYaml yaml, Map<String, String> wanted, Predicate<Act> fails, String report)
            throws IOException {
        Map<String, String> there = commits(job.components(), RehearsalYaml.OTHER);
        Manifest manifest = manifest(there);
        String name = place.environment().name();
        yaml.environment(
                name,
                RehearsalYaml.there(there)
                        + (place.environment().approve() ? ", approved: 2h" : "")
                        + ", tested: [" + RehearsalYaml.commits(wanted) + "]");
        return new PlayedWork(place, answers, fails, there)
                .play(Releasing.begin(
                        head(name, manifest), manifest(wanted), Head.Cause.RELEASED, plan, false, manifest.entries()))
                .end(yaml, report);
    }
}
