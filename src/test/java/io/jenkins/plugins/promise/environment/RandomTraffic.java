package io.jenkins.plugins.promise.environment;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.promise.environment.book.Book;
import io.jenkins.plugins.promise.environment.book.ReleaseRequest;
import io.jenkins.plugins.promise.environment.work.Outcome;
import io.jenkins.plugins.promise.environment.work.Plan;
import io.jenkins.plugins.promise.ledger.Ledger;
import io.jenkins.plugins.promise.testing.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** One run of the model: components that change, jobs that integrate and release them, and all that goes wrong meanwhile. */
final class RandomTraffic {
    private static final Duration LEASE = Duration.ofMinutes(30);
    private static final int MOST_STEPS = 260;
    private static final int MOST_DRAIN = 3_000;

    private final VirtualClock clock;
    private final Random random;
    private final Book book;
    private final Plan plan;
    private final List<String> components = new ArrayList<>();
    private final World world = new World();
    /** Commits whose own tests fail, and pairs whose second one's test fails with the first. */
    private final Set<String> broken = new HashSet<>();

    private final Map<String, Integer> commits = new TreeMap<>();
    private final Set<String> endedHolders = new HashSet<>();
    private final List<TrafficJob> jobs = new ArrayList<>();
    private final boolean flaky;
    private final boolean approve;
    private boolean trouble = true;
    private int names;
    private int rejected;
    private int released;
    private int lost;

    RandomTraffic(Ledger ledger, VirtualClock clock, Random random) {
        this.clock = clock;
        this.random = random;
        this.flaky = random.nextInt(3) == 0;
        this.approve = random.nextBoolean();
        this.plan = plan();
        this.book = new Book(ledger, clock, (handle, holder) -> endedHolders.contains(holder), Set.of());
        boolean batch = random.nextBoolean();
        EnvironmentRules production =
                EnvironmentRules.after("production", "test").leased(LEASE);
        book.environments()
                .declare(List.of(
                        EnvironmentRules.integration("test").leased(LEASE).batched(batch),
                        approve ? production.approved(Duration.ofDays(300)) : production));
        world.breaks((component, there) -> fails(component, there) || (flaky && trouble && random.nextInt(12) == 0));
        world.refuses(r -> trouble && random.nextInt(r.startsWith("production") ? 10 : 20) == 0);
    }

    private Plan plan() {
        int count = 2 + random.nextInt(5);
        Map<String, Set<String>> depends = new TreeMap<>();
        List<List<String>> trains = new ArrayList<>();
        Set<String> probed = new TreeSet<>();
        for (int i = 0; i < count; i++) {
            String name = "c" + i;
            depends.put(name, new TreeSet<>());
            for (String other : components) {
                if (random.nextInt(3) == 0) {
                    depends.get(name).add(other);
                }
            }
            if (i > 0 && random.nextInt(6) == 0) {
                // Two that depend on each other are one train.
                depends.get(name).add("c" + (i - 1));
                depends.get("c" + (i - 1)).add(name);
                List<String> train = new ArrayList<>(trains.remove(trains.size() - 1));
                train.add(name);
                trains.add(train);
            } else {
                trains.add(List.of(name));
            }
            if (random.nextInt(4) > 0) {
                probed.add(name);
            }
            components.add(name);
        }
        return new Plan(trains, depends, probed, new TreeSet<>(components));
    }

    /** Whether a component's test fails where that runs, flaky or not. */
    private boolean fails(String component, Map<String, String> there) {
        if (broken.contains(there.get(component))) {
            return true;
        }
        Set<String> behind = new TreeSet<>();
        collect(component, behind);
        return behind.stream().anyMatch(b -> broken.contains(there.get(b) + "+" + there.get(component)));
    }

    private void collect(String component, Set<String> behind) {
        for (String other : plan.depends().get(component)) {
            if (behind.add(other)) {
                collect(other, behind);
            }
        }
    }

    void run() {
        for (int step = 0; step < MOST_STEPS; step++) {
            change();
            work();
            check();
        }
        trouble = false;
        int steps = 0;
        while (!drained()) {
            assertThat(++steps)
                    .as("steps until all is settled; open: %s", open())
                    .isLessThan(MOST_DRAIN);
            lift();
            work();
            check();
        }
        for (Candidate candidate : book.candidates().latest("test", 1_000)) {
            assertThat(candidate.state().settled()).as("%s", candidate).isTrue();
        }
        serial();
    }

    private List<Candidate> open() {
        return book.environments().status("test").candidates();
    }

    private boolean drained() {
        return open().isEmpty() && jobs.isEmpty() && passed().isEmpty();
    }

    private Optional<String> passed() {
        return book.candidates().latest("test", 1_000).stream()
                .map(Candidate::state)
                .filter(CandidateState.Passed.class::isInstance)
                .map(s -> ((CandidateState.Passed) s).manifest())
                .findFirst();
    }

    private void change() {
        int what = random.nextInt(10);
        if (what < 3) {
            Map<String, Entry> entries = new TreeMap<>();
            int together = random.nextInt(5) == 0 ? 2 : 1;
            for (int i = 0; i < together; i++) {
                String component = components.get(random.nextInt(components.size()));
                String commit = component + "-" + commits.merge(component, 1, Integer::sum);
                if (random.nextInt(8) == 0) {
                    broken.add(commit);
                }
                String other = components.get(random.nextInt(components.size()));
                if (commits.containsKey(other) && random.nextInt(3) == 0) {
                    broken.add(other + "-" + commits.get(other) + "+" + commit);
                }
                entries.put(component, Entry.of(commit));
            }
            book.candidates().submit("test", entries);
        } else if (what == 3) {
            lift();
        } else if (what == 4 && random.nextInt(6) == 0) {
            book.environments().freeze(random.nextBoolean() ? "test" : "production", "ann", "just so");
        } else if (what == 5 && random.nextInt(4) == 0) {
            clock.pass(LEASE.dividedBy(2));
        }
    }

    private void lift() {
        for (EnvironmentStatus status : book.environments().all()) {
            if (status.held() != null) {
                // Whoever looks why it is held takes away what it is held for.
                world.in("test").keySet().removeAll(status.held().left());
            }
            if (status.frozen() != null || status.held() != null || status.condition() instanceof Condition.Torn) {
                book.environments().unfreeze(status.rules().name(), "ann");
            }
        }
    }

    private void work() {
        // In the end leases last as long as what is done under them: else nothing would ever be over.
        clock.pass(Duration.ofSeconds(trouble ? random.nextInt(60) : 1));
        if (jobs.size() < 4 && !open().isEmpty() && random.nextInt(2) == 0) {
            add("test", null);
        }
        Optional<String> manifest = passed();
        if (jobs.size() < 4 && manifest.isPresent() && random.nextInt(2) == 0) {
            if (approve) {
                book.environments().approve("production", manifest.get(), "bob");
            }
            add("production", ReleaseRequest.of("production", manifest.get()));
        }
        List<Head> history = book.environments().history("production", 5);
        if (trouble && jobs.size() < 4 && history.size() > 2 && random.nextInt(25) == 0) {
            String earlier = history.get(1 + random.nextInt(history.size() - 1))
                    .manifest()
                    .id();
            if (approve) {
                book.environments().approve("production", earlier, "bob");
            }
            add("production", new ReleaseRequest("production", earlier, true, "ann", null));
        }
        if (!jobs.isEmpty()) {
            TrafficJob job = jobs.get(random.nextInt(jobs.size()));
            if (trouble && random.nextInt(25) == 0) {
                job.kill();
                if (random.nextInt(3) == 0) {
                    endedHolders.add(job.holder());
                    jobs.remove(job);
                }
                return;
            }
            if (trouble && random.nextInt(40) == 0) {
                clock.pass(LEASE);
                lost++;
            }
            if (job.step(jobs)) {
                endedHolders.add(job.holder());
                jobs.remove(job);
                job.outcome().ifPresent(this::judge);
            }
        }
    }

    private void add(String environment, ReleaseRequest request) {
        jobs.add(new TrafficJob("p" + ++names, environment, request, book, world, plan, clock));
    }

    /** What is said of candidates is true, as far as tests are. */
    private void judge(Outcome outcome) {
        if (outcome instanceof Outcome.Released) {
            released++;
        }
        if (outcome instanceof Outcome.Integrated integrated) {
            if (!integrated.passed().isEmpty()) {
                assertThat(failing(integrated.manifest(), integrated.tested())).isEmpty();
            }
            Outcome.Rejection rejection = integrated.rejected();
            if (rejection != null) {
                rejected++;
            }
            if (rejection != null && !flaky) {
                Candidate candidate =
                        book.candidates().find("test", rejection.candidate()).orElseThrow();
                List<String> without = failing(integrated.manifest(), rejection.broke());
                assertThat(without).as("%s", rejection).isEmpty();
                if (!rejection.reason().contains("exit 2")) {
                    Manifest with = integrated.manifest().with(candidate.entries());
                    Map<String, String> there = new TreeMap<>();
                    with.entries().forEach((component, entry) -> there.put(component, entry.commit()));
                    assertThat(failing(there, rejection.broke())).isEqualTo(rejection.broke());
                }
            }
        }
    }

    private List<String> failing(Manifest manifest, List<String> tests) {
        Map<String, String> there = new TreeMap<>();
        manifest.entries().forEach((component, entry) -> there.put(component, entry.commit()));
        return failing(there, tests);
    }

    private List<String> failing(Map<String, String> there, List<String> tests) {
        return tests.stream()
                .filter(c -> there.containsKey(c) && fails(c, there))
                .toList();
    }

    /** A head is a manifest that passed, and what is there if nobody is at it. */
    private void check() {
        for (EnvironmentStatus status : book.environments().all()) {
            Head head = status.head();
            String environment = status.rules().name();
            if (head.number() > 0) {
                assertThat(book.environments().verdict(head.manifest().id()))
                        .as("a verdict on the head of %s", environment)
                        .isPresent();
            }
            if (status.lease() == null && status.condition() instanceof Condition.Clean) {
                head.manifest().entries().forEach((component, entry) -> assertThat(
                                world.in(environment).get(component))
                        .as("%s in %s, whose head is %s", component, environment, head)
                        .isEqualTo(entry.commit()));
            }
        }
    }

    /** Each head of production is the one before with the candidates that came with it, or an earlier one. */
    private void serial() {
        List<Head> history = book.environments().history("production", 1_000);
        Map<String, Map<String, Entry>> came = new TreeMap<>();
        for (Candidate candidate : book.candidates().latest("test", 1_000)) {
            if (candidate.state() instanceof CandidateState.Released r) {
                came.computeIfAbsent(r.manifest(), m -> new TreeMap<>()).putAll(candidate.entries());
            }
        }
        for (int i = 0; i < history.size(); i++) {
            Head head = history.get(i);
            Manifest before = i + 1 < history.size() ? history.get(i + 1).manifest() : Manifest.EMPTY;
            if (head.cause() == Head.Cause.ROLLED_BACK) {
                assertThat(history.subList(i + 1, history.size()))
                        .extracting(h -> h.manifest().id())
                        .contains(head.manifest().id());
            } else {
                assertThat(head.cause()).isEqualTo(Head.Cause.RELEASED);
                before.differences(head.manifest()).forEach(d -> {
                    assertThat(d.to()).as("%s was dropped", d.component()).isNotNull();
                    assertThat(came.getOrDefault(head.manifest().id(), Map.of()).get(d.component()))
                            .as("%s in head %s", d.component(), head.number())
                            .isEqualTo(d.to());
                });
            }
        }
    }

    int rejected() {
        return rejected;
    }

    int released() {
        return released;
    }

    int lost() {
        return lost;
    }
}
