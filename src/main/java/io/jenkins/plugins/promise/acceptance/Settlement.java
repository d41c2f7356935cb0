package io.jenkins.plugins.promise.acceptance;

import com.fasterxml.jackson.core.JacksonException;
import io.jenkins.plugins.promise.acceptance.host.Links;
import io.jenkins.plugins.promise.acceptance.submission.Secrets;
import io.jenkins.plugins.promise.contract.JobKind;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.deployment.Catalog;
import io.jenkins.plugins.promise.deployment.bundle.Deployed;
import io.jenkins.plugins.promise.ledger.Ledger;
import io.jenkins.plugins.promise.ledger.QuietLog;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.ledger.promise.PromiseState;
import io.jenkins.plugins.promise.report.Masker;
import io.jenkins.plugins.promise.report.Outcome;
import io.jenkins.plugins.promise.report.Report;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/** How a promise is settled: once, with one report, whatever the disk, the schema or the secrets do. */
final class Settlement {
    private static final Logger LOGGER = Logger.getLogger(Settlement.class.getName());
    private static final long FIRST_RETRY_MILLIS = 100;
    private static final long LONGEST_RETRY_MILLIS = 5_000;

    private final Ledger ledger;
    private final Catalog catalog;
    private final Secrets secrets;
    private final Links links;
    private final PromiseEvents events;
    private final PromiseTimer timer;
    private final Clock clock;
    private final QuietLog troubles = new QuietLog(LOGGER);
    /** Promises whose builds have ended, and whose settlement the disk has not taken yet. */
    private final Set<String> later = ConcurrentHashMap.newKeySet();

    Settlement(
            Ledger ledger,
            Catalog catalog,
            Secrets secrets,
            Links links,
            PromiseEvents events,
            PromiseTimer timer,
            Clock clock) {
        this.ledger = ledger;
        this.catalog = catalog;
        this.secrets = secrets;
        this.links = links;
        this.events = events;
        this.timer = timer;
        this.clock = clock;
    }

    /** What became of a settlement. */
    enum Result {
        /** This one counts, and is on disk. */
        SETTLED,
        /** The promise was settled before, is unknown, or another controller has it. */
        IGNORED,
        /** The disk did not take it; it is tried again until it does. */
        LATER
    }

    /**
     * Settles a promise. If the disk does not take it, it is tried again until it does.
     *
     * @param promise as it was known; only what never changes of it is used
     */
    Result settle(Promise promise, Outcome outcome) {
        return settle(promise, outcome, false, Optional.empty());
    }

    /** Settles several promises alike; they wait for the disk together. */
    void settle(List<Promise> promises, Outcome outcome) {
        List<CompletableFuture<Optional<Promise>>> written =
                promises.stream().map(p -> write(p, outcome)).toList();
        for (int i = 0; i < promises.size(); i++) {
            finish(promises.get(i), outcome, false, Optional.empty(), written.get(i));
        }
    }

    private Result settle(Promise promise, Outcome outcome, boolean ends, Optional<Long> pause) {
        return finish(promise, outcome, ends, pause, write(promise, outcome));
    }

    private CompletableFuture<Optional<Promise>> write(Promise promise, Outcome outcome) {
        Outcome checked = checked(promise, outcome);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        try {
            return ledger.settle(
                    promise.id(),
                    p -> p.settled(checked.status(), checked.reason(), now),
                    report(promise, checked, now));
        } catch (RuntimeException | Error e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private Result finish(
            Promise promise,
            Outcome outcome,
            boolean ends,
            Optional<Long> pause,
            CompletableFuture<Optional<Promise>> written) {
        Optional<Promise> settled;
        try {
            settled = written.join();
            if (settled.isEmpty() && pause.isPresent()) {
                // The one that failed may have been committed all the same, and nobody was told.
                settled = ledger.find(promise.id()).filter(p -> p.state().settled());
            }
        } catch (RuntimeException | Error e) {
            troubles.log(
                    "the settlement of " + promise.id() + " is tried again", e.getCause() == null ? e : e.getCause());
            long millis = pause.orElse(FIRST_RETRY_MILLIS);
            long next = Math.min(2 * millis, LONGEST_RETRY_MILLIS);
            later.add(promise.id());
            var unused = timer.later(() -> settle(promise, outcome, ends, Optional.of(next)), millis);
            return Result.LATER;
        }
        later.remove(promise.id());
        if (settled.isEmpty()) {
            LOGGER.log(Level.FINE, "{0} is settled already, or elsewhere; ignored: {1}", new Object[] {
                promise.id(), outcome.reason()
            });
            return Result.IGNORED;
        }
        catalog.used(promise.version());
        events.tell(settled.get());
        if (ends) {
            events.tellEnded(promise, outcome.reason());
        }
        endChildren(settled.get());
        return Result.SETTLED;
    }

    /**
     * Ends a promise for a reason that is not its build's: it is settled as rejected, and its build is ended.
     *
     * @param why as the report says it
     */
    Result end(Promise promise, Outcome why) {
        return settle(promise, withLog(promise, why), true, Optional.empty());
    }

    /** What it did until then is told, too; no log is worth a report. */
    private Outcome withLog(Promise promise, Outcome why) {
        if (promise.state() != PromiseState.RUNNING) {
            return why;
        }
        try {
            return links.log(promise).map(why::withLog).orElse(why);
        } catch (RuntimeException e) {
            LOGGER.log(Level.FINE, "the log of " + promise.id() + " cannot be read", e);
            return why;
        }
    }

    /** Takes note that a promise's build has ended, though it cannot be read just now to settle it. */
    void later(String id) {
        later.add(id);
    }

    /** Takes note that there is nothing to settle. */
    void never(String id) {
        later.remove(id);
    }

    /** Whether a promise will be settled as soon as the disk takes it: its build has ended, and is not to run again. */
    boolean comes(String id) {
        return later.contains(id);
    }

    /** What the contract and the secrets leave of an outcome; whatever they throw is a failure, and no report is lost. */
    private Outcome checked(Promise promise, Outcome outcome) {
        Masker masker = new Masker(secrets.values(promise));
        try {
            Optional<Deployed> job = catalog.resolve(promise.version());
            Outcome fits =
                    job.map(j -> outcome.checkedAgainst(j.contract().outputs())).orElse(outcome);
            return storable(masker.mask(fits));
        } catch (RuntimeException | Error e) {
            LOGGER.log(Level.WARNING, "the report of " + promise.id() + " cannot be checked", e);
            return storable(masker.mask(Outcome.failure("the report cannot be checked against the contract: " + e)));
        }
    }

    /** The last line of a log, which may be bytes of any kind, becomes a reason; PostgreSQL holds no NUL character. */
    private static Outcome storable(Outcome outcome) {
        String reason = outcome.reason().replace('\0', '\uFFFD');
        return new Outcome(outcome.status(), reason, outcome.data(), outcome.log());
    }

    private byte[] report(Promise promise, Outcome outcome, Instant now) {
        Report report = Report.of(
                outcome,
                new Report.PromiseReference(
                        promise.id(),
                        promise.job(),
                        promise.version(),
                        links.promise(promise.id()),
                        promise.accepted(),
                        now));
        try {
            return Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(report);
        } catch (JacksonException | Error e) {
            LOGGER.log(Level.WARNING, "the report of " + promise.id() + " cannot be written as JSON", e);
            return report(
                    promise,
                    Outcome.failure(
                            "the report cannot be written: " + e.getClass().getSimpleName()),
                    now);
        }
    }

    /** What an orchestration that has ended has called, and has not ended, ends too. */
    private void endChildren(Promise parent) {
        boolean worker = catalog.resolve(parent.version())
                .filter(j -> j.kind() == JobKind.WORKER)
                .isPresent();
        if (worker) {
            return;
        }
        try {
            for (Promise child : ledger.lists().children(parent.id())) {
                if (!child.state().settled()) {
                    var unused = end(child, Outcome.failure("its orchestration " + parent.version() + " has ended"));
                }
            }
        } catch (UncheckedIOException e) {
            troubles.log("what " + parent.id() + " has called is ended a little later", e.getCause());
            var unused = timer.later(() -> endChildren(parent), LONGEST_RETRY_MILLIS / 10);
        }
    }
}
