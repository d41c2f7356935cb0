package io.jenkins.plugins.promise.ledger;

import io.jenkins.plugins.promise.ledger.controllers.ControllerIdentity;
import io.jenkins.plugins.promise.ledger.controllers.Controllers;
import io.jenkins.plugins.promise.ledger.controllers.Peers;
import io.jenkins.plugins.promise.ledger.database.GroupCommit;
import io.jenkins.plugins.promise.ledger.database.LedgerDatabase;
import io.jenkins.plugins.promise.ledger.database.LedgerLoad;
import io.jenkins.plugins.promise.ledger.database.LedgerLocation;
import io.jenkins.plugins.promise.ledger.database.LedgerReading;
import io.jenkins.plugins.promise.ledger.promise.IdempotencyKey;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.ledger.promise.PromiseId;
import io.jenkins.plugins.promise.ledger.promise.Taken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;

/**
 * Keeps promises in a database. What is written is on disk when its future is done; the futures are done in the order in
 * which they were asked for. What is read is what was committed; a read that fails throws {@link UncheckedIOException}.
 */
public final class Ledger implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger(Ledger.class.getName());

    private final LedgerDatabase database;
    private final ControllerIdentity self;
    private final LedgerReading reading;
    private final GroupCommit commits;
    private final Controllers controllers;
    private final Peers peers;
    private final PromiseRows rows;
    private final PromiseChanges changes;
    private final PromiseIntake intake;
    private final DoubtfulIntake doubtful;
    private final PromiseLists lists;
    private final PromiseWork work;
    private final Retention retention;

    private Ledger(LedgerDatabase database, ControllerIdentity self, Clock clock) {
        this.database = database;
        this.self = self;
        this.reading = new LedgerReading(database.reading());
        this.controllers = new Controllers(self, database.shared());
        PromiseWords words = new PromiseWords(database.shared());
        this.doubtful = new DoubtfulIntake(words);
        this.commits = new GroupCommit(database.writing(), this::begin);
        this.peers = new Peers(controllers, reading, commits);
        this.rows = new PromiseRows(clock, words, this::setAside, doubtful::ids);
        this.changes = new PromiseChanges(commits, rows, self.id(), database.shared());
        this.intake = new PromiseIntake(rows, new PromiseInsert(words), doubtful, self.id());
        this.lists = new PromiseLists(reading, rows, new PromiseSearch(words), commits);
        this.work = new PromiseWork(reading, rows, self.id());
        this.retention = new Retention(words, database.shared());
    }

    /**
     * Opens a ledger, making it if it is not there, and takes over what an earlier run of the same home has left open.
     *
     * @throws IOException if it cannot be used, also because another process uses an embedded one
     */
    public static Ledger open(LedgerLocation location, ControllerIdentity self, Clock clock) throws IOException {
        return open(location, self, clock, UnaryOperator.identity());
    }

    /** Opens a ledger whose connections are seen through something. */
    static Ledger open(LedgerLocation location, ControllerIdentity self, Clock clock, UnaryOperator<DataSource> seen)
            throws IOException {
        LedgerDatabase database = LedgerDatabase.open(location, seen);
        try {
            Controllers controllers = new Controllers(self, database.shared());
            database.writing().useTransaction(handle -> controllers.register(handle, clock.millis()));
            return new Ledger(database, self, clock);
        } catch (RuntimeException e) {
            database.close();
            throw new IOException("the ledger cannot be used: " + e.getMessage(), e);
        }
    }

    /** What this controller has to do. */
    public PromiseWork work() {
        return work;
    }

    /** Lists, searches and counts, of all controllers. */
    public PromiseLists lists() {
        return lists;
    }

    /** This controller among those that use it. */
    public Peers peers() {
        return peers;
    }

    /** What was written since it was opened. */
    public LedgerLoad load() {
        return commits.load();
    }

    /**
     * Whether a database can be reached; nothing is changed in it.
     *
     * @throws IOException saying why not
     */
    public static void reach(LedgerLocation.Shared location) throws IOException {
        LedgerDatabase.reach(location);
    }

    /** Which run of which controller this is. */
    public ControllerIdentity self() {
        return self;
    }

    /** Whether other controllers may use it too. */
    public boolean shared() {
        return database.shared();
    }

    /** What another part of the model keeps in the same database; committed together with what else waits. */
    public <T> CompletableFuture<T> write(Function<Handle, T> change) {
        return commits.write(change::apply);
    }

    /** The same; waits until it is on disk, and throws what the change threw, or {@link UncheckedIOException}. */
    public <T> T written(Function<Handle, T> change) {
        return commits.written(change::apply);
    }

    /** Reads what another part of the model keeps in the same database. */
    public <T> T read(Function<Handle, T> query) {
        return reading.read(query);
    }

    private void begin(Handle handle) {
        if (database.shared()) {
            controllers.fence(handle);
        }
        doubtful.takeBack(handle);
    }

    /**
     * Takes a new promise in, unless its key or its call is known, or the orchestration that calls it has ended. If this
     * fails, the promise is not in the ledger, or is taken out again before anything else is written.
     */
    public CompletableFuture<Taken> accept(Promise promise) {
        return intake.accept(commits, promise);
    }

    /**
     * Takes in a promise from outside that whoever asks for it asks for again, under the same id, until it is in. If this
     * fails, it may be in the ledger or not.
     */
    public CompletableFuture<Taken> insist(Promise promise) {
        return intake.insist(commits, promise);
    }

    /**
     * The promise that a client's key belongs to, with the fingerprint of what it was used with.
     *
     * @return nothing if the key is new, or its promise has been dropped
     */
    public Optional<Taken.Repeated> keyOwner(IdempotencyKey key) {
        return read(handle -> intake.owner(handle, key));
    }

    /**
     * Changes a promise.
     *
     * @param change may be called again; it returns the same value if there is nothing to change
     * @return the promise after the change; nothing if there is none of that id, or another controller has it
     */
    public CompletableFuture<Optional<Promise>> change(String id, UnaryOperator<Promise> change) {
        return changes.change(id, change);
    }

    /** Has the promises of a job that was not deployed follow it to another name; done when all have. */
    public void rename(String job, String then) {
        changes.rename(job, then);
    }

    /**
     * Settles a promise, and takes its report in.
     *
     * @param change from the unsettled to the settled promise
     * @param report as JSON
     * @return the settled promise; nothing if there is none of that id, it was settled before, or another controller has it
     */
    public CompletableFuture<Optional<Promise>> settle(String id, UnaryOperator<Promise> change, byte[] report) {
        return changes.settle(id, change, report);
    }

    private void setAside(String id, String why) {
        LOGGER.log(Level.SEVERE, "the promise {0} is set aside: {1}", new Object[] {id, why});
        var unused = commits.write(handle -> {
            handle.execute("UPDATE delivery SET due = NULL WHERE promise = ?", id);
            return handle.execute(
                    "UPDATE promise SET set_aside = ?, open = 0 WHERE id = ? AND set_aside IS NULL", why, id);
        });
    }

    /** The promise of that id, open or not. */
    public Optional<Promise> find(String id) {
        return PromiseId.valid(id) ? read(handle -> rows.find(handle, id)) : Optional.empty();
    }

    /** The promise of that number. */
    public Optional<Promise> find(long number) {
        return read(handle ->
                rows.read(handle, "number = ?", List.of(number)).stream().findFirst());
    }

    /** The report of a settled promise, as JSON. */
    public Optional<byte[]> report(String id) {
        return read(handle -> handle.select("SELECT report FROM report WHERE promise = ?", id)
                .mapTo(String.class)
                .findOne()
                .map(json -> json.getBytes(StandardCharsets.UTF_8)));
    }

    /** Asks the controller that has a promise to cancel it. */
    public CompletableFuture<Void> askToCancel(String id, String who) {
        return commits.write(handle -> {
            handle.execute("UPDATE promise SET cancel_by = ? WHERE id = ? AND settled IS NULL", who, id);
            return null;
        });
    }

    /**
     * Drops what was closed longer ago than that. Open and undelivered ones stay.
     *
     * @return the ids of the dropped ones
     */
    public List<String> drop(Duration olderThan, Clock clock) {
        return retention.drop(commits, clock.instant().minus(olderThan));
    }

    /** Writes what waits, tells the others that this controller ends, and lets the next one in. */
    @Override
    public void close() throws IOException {
        if (database.shared()) {
            peers.leave();
        }
        commits.close();
        database.close();
    }
}
