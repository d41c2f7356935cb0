package io.jenkins.plugins.promise.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.promise.acceptance.submission.Accepted;
import io.jenkins.plugins.promise.callback.Delivery;
import io.jenkins.plugins.promise.callback.Parcel;
import io.jenkins.plugins.promise.contract.Receives;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.ledger.FaultyDatabase;
import io.jenkins.plugins.promise.ledger.LedgerCheck;
import io.jenkins.plugins.promise.ledger.database.LedgerLocation;
import io.jenkins.plugins.promise.ledger.promise.ParentCall;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.ledger.promise.PromiseQuery;
import io.jenkins.plugins.promise.ledger.promise.PromiseState;
import io.jenkins.plugins.promise.report.Outcome;
import io.jenkins.plugins.promise.testing.EmbeddedLedger;
import io.jenkins.plugins.promise.testing.VirtualClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/**
 * The invariants, held against random lives of promises: whatever is done in whatever order, after each step the ledger
 * says what a few maps say. A sequence that fails is made shorter as long as it fails, and shown with its seed;
 * {@code -Dseed=N} runs that one alone, {@code -Dsequences=N} more of them.
 */
public class LifeTest {
    /** How often a worker is started unless its job says otherwise. */
    private static final int ATTEMPTS = 3;

    private static final int SEQUENCES = Integer.getInteger("sequences", 4);
    private static final int STEPS = 60;
    private static final Logger MODEL = Logger.getLogger("io.jenkins.plugins.promise");

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    @Before
    public void quiet() {
        MODEL.setLevel(Level.OFF);
    }

    @After
    public void loud() {
        MODEL.setLevel(null);
    }

    @Test
    public void whateverIsDoneInWhateverOrderTheInvariantsHold() throws Exception {
        Long given = Long.getLong("seed");
        if (given != null) {
            run(given);
            return;
        }
        long first = System.nanoTime();
        for (int i = 0; i < SEQUENCES; i++) {
            run(first + i);
        }
    }

    private void run(long seed) throws Exception {
        Random random = new Random(seed);
        List<Step> steps = IntStream.range(0, STEPS)
                .mapToObj(i -> new Step(
                        Deed.values()[random.nextInt(Deed.values().length)],
                        random.nextInt(1_000),
                        random.nextInt(1_000)))
                .toList();
        Optional<Throwable> failure = failure(steps);
        if (failure.isPresent()) {
            List<Step> fewer = shortened(steps);
            throw new AssertionError(
                    "-Dseed=" + seed + " breaks an invariant by " + fewer,
                    failure(fewer).orElse(failure.get()));
        }
    }

    private List<Step> shortened(List<Step> steps) throws IOException {
        List<Step> fewer = new ArrayList<>(steps);
        for (int size = steps.size() / 2; size > 0; size /= 2) {
            for (int from = 0; from + size <= fewer.size(); ) {
                List<Step> tried = new ArrayList<>(fewer);
                tried.subList(from, from + size).clear();
                if (failure(tried).isPresent()) {
                    fewer = tried;
                } else {
                    from += size;
                }
            }
        }
        return fewer;
    }

    private Optional<Throwable> failure(List<Step> steps) throws IOException {
        try (Life life = new Life(EmbeddedLedger.in(folder.newFolder().toPath()))) {
            for (Step step : steps) {
                life.take(step);
            }
            life.end();
            return Optional.empty();
        } catch (Throwable e) {
            return Optional.of(e);
        }
    }

    private enum Deed {
        SUBMIT,
        SUBMIT_WITH_KEY,
        CALL,
        CALL_AGAIN,
        START,
        START_TOO,
        SETTLE,
        FAIL,
        CANCEL,
        PASS_DEADLINE,
        REDELIVER,
        BRING,
        BRING_ALL,
        RESTART,
        DROP
    }

    /** What is done; the numbers choose what with. */
    private record Step(Deed deed, int which, int how) {}

    /** What is known of a promise that was accepted. */
    private static final class Known {
        private final String id;
        private final String parent;
        private boolean settled;
        private byte[] report;

        private Known(String id, String parent) {
            this.id = id;
            this.parent = parent;
        }
    }

    /** A host, and what it must say. */
    private static final class Life implements AutoCloseable {
        private final LedgerLocation location;
        private final FaultyDatabase database = new FaultyDatabase();
        private final VirtualClock clock = new VirtualClock();
        private final Map<String, Known> known = new LinkedHashMap<>();
        private final Map<String, String> keys = new HashMap<>();
        private final Set<String> dropped = new HashSet<>();
        private final Set<String> registered = new HashSet<>();
        private FakeHost host;

        private Life(LedgerLocation location) throws IOException {
            this.location = location;
            start();
        }

        private void start() throws IOException {
            host = new FakeHost(location, "home", database, clock, 3);
        }

        private void take(Step step) throws Exception {
            switch (step.deed()) {
                case SUBMIT -> submit(step.how() % 3 == 0 ? "work" : "flow", null);
                case SUBMIT_WITH_KEY -> submit("flow", "key " + step.which() % 3);
                case CALL -> call(step, 1 + step.how() % 50);
                case CALL_AGAIN -> call(step, 1);
                case START, START_TOO -> begin(step.which());
                case SETTLE -> settle(step.which(), FakeHost.success());
                case FAIL -> settle(step.which(), Outcome.failure("exit code 3"));
                case CANCEL -> cancel(step.which());
                case PASS_DEADLINE -> passDeadline(step.which());
                case REDELIVER -> redeliver(step.which());
                case BRING -> bring(step);
                case BRING_ALL -> {
                    for (int i = 0; i < 4; i++) {
                        bring(new Step(Deed.BRING, i, 0));
                    }
                }
                case RESTART -> restart();
                case DROP -> drop(step.which());
                default -> throw new AssertionError(step);
            }
            check();
        }

        private Optional<Known> any(int which) {
            List<Known> all = new ArrayList<>(known.values());
            return all.isEmpty() ? Optional.empty() : Optional.of(all.get(which % all.size()));
        }

        private void submit(String job, String key) throws Refused {
            Accepted accepted = host.promises().submit(FakeHost.submission(job, key, null));
            String id = accepted.promise().id();
            String before = keys.get(key);
            if (before != null && known.containsKey(before)) {
                assertThat(id).as("a key is taken once").isEqualTo(before);
                assertThat(accepted.repeated()).isTrue();
                return;
            }
            assertThat(accepted.repeated()).isFalse();
            assertThat(known.put(id, new Known(id, null))).isNull();
            if (key != null) {
                keys.put(key, id);
            }
        }

        private void call(Step step, int phase) throws Refused {
            List<Known> callers = known.values().stream()
                    .filter(k -> k.parent == null
                            && host.ledger().find(k.id).orElseThrow().job().equals("flow"))
                    .toList();
            if (callers.isEmpty()) {
                return;
            }
            Known caller = callers.get(step.which() % callers.size());
            ParentCall call = new ParentCall(caller.id, phase, 0, "w", 1, null, null);
            Optional<Accepted> accepted = called(call);
            assertThat(accepted.isPresent() || caller.settled)
                    .as("only a settled caller is refused")
                    .isTrue();
            accepted.ifPresent(a -> {
                assertThat(a.repeated()).isEqualTo(known.containsKey(call.id()));
                assertThat(a.promise().id()).isEqualTo(call.id());
                known.putIfAbsent(call.id(), new Known(call.id(), caller.id));
            });
        }

        private Optional<Accepted> called(ParentCall call) throws Refused {
            try {
                return Optional.of(host.promises().submit(FakeHost.submission("work", null, call)));
            } catch (Refused e) {
                if (e.why() != Refused.Why.CONFLICT) {
                    throw e;
                }
                return Optional.empty();
            }
        }

        private void begin(int which) {
            List<String> queue = host.queue();
            if (!queue.isEmpty()) {
                host.start(queue.get(which % queue.size()));
                host.settleDown();
            }
        }

        private void settle(int which, Outcome outcome) {
            any(which).ifPresent(k -> {
                assertThat(host.settle(k.id, outcome)).as("settled once").isEqualTo(!k.settled);
                settled(k);
            });
        }

        private void settled(Known one) {
            one.settled = true;
            known.values().stream().filter(k -> one.id.equals(k.parent)).forEach(k -> k.settled = true);
        }

        private void cancel(int which) {
            any(which).ifPresent(k -> {
                assertThat(cancelled(k.id))
                        .as("what is not settled is cancelled")
                        .isEqualTo(!k.settled);
                settled(k);
            });
        }

        private boolean cancelled(String id) {
            try {
                host.promises().cancel(id, "somebody");
                return true;
            } catch (Refused e) {
                return e.why() != Refused.Why.CONFLICT;
            }
        }

        private void passDeadline(int which) throws IOException {
            if (which % 4 == 0) {
                clock.pass(FakeHost.DEADLINE);
                restart();
            }
        }

        private void redeliver(int which) {
            any(which).ifPresent(k -> assertThat(redelivered(k.id)).isEqualTo(k.settled && k.parent == null));
        }

        private boolean redelivered(String id) {
            try {
                return host.promises().redeliver(id) > 0;
            } catch (Refused e) {
                return e.why() != Refused.Why.CONFLICT;
            }
        }

        private void bring(Step step) throws IOException {
            clock.pass(Duration.ofMinutes(step.how() % 3));
            Instant now = clock.instant();
            List<Parcel> due = new ArrayList<>();
            for (String receiver : host.outbox().receiversDue(now)) {
                due.addAll(host.outbox().due(receiver, now, 100));
            }
            if (due.isEmpty()) {
                return;
            }
            Parcel parcel = due.get(step.which() % due.size());
            int status = List.of(204, 204, 500, 410).get(step.how() % 4);
            assertThat(host.bring(parcel, status)).as("what is due is current").isTrue();
            assertThat(host.bring(parcel, status)).as("and is brought once").isFalse();
            if (parcel.delivery().receives() == Receives.REGISTRATION) {
                registered.add(parcel.promise());
            } else if (parcel.delivery().input().equals("R")) {
                assertThat(registered).as("registration comes first").contains(parcel.promise());
            }
        }

        /** A start settles what is overdue. */
        private void restart() throws IOException {
            // Past its deadline, or lost once more than a worker may be started.
            List<String> overdue = all().values().stream()
                    .filter(p -> !p.deadline().isAfter(clock.instant())
                            || (p.state() == PromiseState.RUNNING
                                    && p.job().equals("work")
                                    && p.progress().starts() >= ATTEMPTS))
                    .map(Promise::id)
                    .toList();
            host.close();
            start();
            host.settleDown();
            overdue.forEach(id -> settled(known.get(id)));
        }

        private void drop(int which) {
            if (which % 3 != 0) {
                return;
            }
            Map<String, Promise> all = all();
            List<String> expected = all.values().stream()
                    .filter(p -> !p.open() && !p.undelivered())
                    .filter(p -> p.parent() == null
                            || !all.containsKey(p.parent().promise())
                            || !all.get(p.parent().promise()).open())
                    .map(Promise::id)
                    .toList();
            clock.pass(FakeHost.RETENTION.plusMinutes(1));
            assertThat(host.promises().drop()).containsExactlyInAnyOrderElementsOf(expected);
            expected.forEach(known::remove);
            dropped.addAll(expected);
        }

        private Map<String, Promise> all() {
            Map<String, Promise> all = new LinkedHashMap<>();
            known.keySet().forEach(id -> all.put(id, host.ledger().find(id).orElseThrow()));
            return all;
        }

        private void check() throws IOException {
            Map<String, Promise> all = all();
            for (Known one : known.values()) {
                Promise promise = all.get(one.id);
                assertThat(promise.state().settled())
                        .as("settled or not: " + promise)
                        .isEqualTo(one.settled);
                Optional<byte[]> report = host.ledger().report(one.id);
                assertThat(report.isPresent()).as("there is a report").isEqualTo(one.settled);
                if (one.report != null) {
                    assertThat(report).as("the one report").contains(one.report);
                }
                one.report = report.orElse(null);
            }
            dropped.forEach(id -> assertThat(host.ledger().find(id)).isEmpty());
            assertThat(host.queue()).doesNotHaveDuplicates();
            host.queue().forEach(id -> assertThat(all.get(id).state()).isEqualTo(PromiseState.PENDING));
            lists(all);
            due(all);
        }

        private void lists(Map<String, Promise> all) {
            for (PromiseQuery.Which which : PromiseQuery.Which.values()) {
                List<String> expected = new ArrayList<>();
                long outside = 0;
                for (Promise promise : all.values()) {
                    if (is(which).test(promise)) {
                        expected.add(promise.id());
                        outside += promise.parent() == null ? 1 : 0;
                    }
                }
                Collections.reverse(expected);
                assertThat(paged(which)).as(which.word()).isEqualTo(expected);
                assertThat(host.ledger().lists().counts().get(which))
                        .as(which.word())
                        .isEqualTo((int) outside);
            }
            assertThat(host.ledger().lists().openCount())
                    .isEqualTo((int) all.values().stream().filter(Promise::open).count());
        }

        private List<String> paged(PromiseQuery.Which which) {
            List<String> ids = new ArrayList<>();
            String after = null;
            do {
                var page = host.ledger().lists().page(new PromiseQuery(which, true, null, "", after, 7));
                page.promises().forEach(p -> ids.add(p.id()));
                after = page.next();
            } while (after != null);
            return ids;
        }

        private static Predicate<Promise> is(PromiseQuery.Which which) {
            return switch (which) {
                case ALL -> p -> true;
                case OPEN -> Promise::open;
                case SETTLED -> p -> p.state().settled();
                case CLOSED -> p -> !p.open();
                case UNDELIVERED -> Promise::undelivered;
                default -> p -> p.state().name().equals(which.name());
            };
        }

        private void due(Map<String, Promise> all) throws IOException {
            Instant until = clock.instant().plus(Duration.ofDays(30));
            Set<String> due = new LinkedHashSet<>();
            for (String receiver : host.outbox().receiversDue(until)) {
                host.outbox()
                        .due(receiver, until, 1_000)
                        .forEach(p -> due.add(p.delivery().webhookId()));
            }
            List<String> expected = all.values().stream()
                    .flatMap(p -> p.sendable().stream())
                    .map(Delivery::webhookId)
                    .toList();
            assertThat(due).containsExactlyInAnyOrderElementsOf(expected);
        }

        /** All that is open comes to its end, and nothing is wrong with what is left. */
        private void end() throws Exception {
            for (int i = 0; i < 300 && host.ledger().lists().openCount() > 0; i++) {
                begin(0);
                known.values().forEach(k -> host.settle(k.id, FakeHost.success()));
                clock.pass(Duration.ofHours(1));
                host.bring(clock.instant(), 204);
            }
            assertThat(host.ledger().lists().openCount()).isZero();
            assertThat(LedgerCheck.of(location)).isEmpty();
        }

        @Override
        public void close() throws IOException {
            host.close();
        }
    }
}
