package io.jenkins.plugins.promise.ledger;

import io.jenkins.plugins.promise.ledger.database.CachedStatements;
import io.jenkins.plugins.promise.ledger.database.GroupCommit;
import io.jenkins.plugins.promise.ledger.promise.IdempotencyKey;
import io.jenkins.plugins.promise.ledger.promise.Origin;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.ledger.promise.Taken;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;

/** Takes promises in: each key and each call once, and no call of an orchestration that has ended. */
final class PromiseIntake {
    private static final String CLAIM = "INSERT INTO idempotency_key (hash, promise, fingerprint) VALUES (?, ?, ?)"
            + " ON CONFLICT (hash) DO NOTHING";

    private final PromiseRows rows;
    private final PromiseInsert insert;
    private final DoubtfulIntake doubtful;
    private final String owner;

    PromiseIntake(PromiseRows rows, PromiseInsert insert, DoubtfulIntake doubtful, String owner) {
        this.insert = insert;
        this.rows = rows;
        this.doubtful = doubtful;
        this.owner = owner;
    }

    CompletableFuture<Taken> accept(GroupCommit commits, Promise promise) {
        NewPromise prepared = NewPromise.of(promise);
        AtomicBoolean again = new AtomicBoolean();
        CompletableFuture<Taken> taken = commits.write(handle -> {
            // The transaction that failed before may have been committed all the same.
            Optional<Promise> written = again.getAndSet(true) ? rows.find(handle, promise.id()) : Optional.empty();
            return written.isPresent() ? new Taken.Accepted(written.get()) : take(handle, prepared);
        });
        return taken.whenComplete((done, problem) -> {
            // A call is submitted again under the same id, and is found then.
            // Where no transaction came as far as this, nothing can be there.
            if (problem != null && again.get() && promise.parent() == null) {
                doubtful.add(promise.id());
            }
        });
    }

    /**
     * The same for one from outside that is asked for again under the same id until it is in: it is found then, and is
     * never taken back.
     */
    CompletableFuture<Taken> insist(GroupCommit commits, Promise promise) {
        NewPromise prepared = NewPromise.of(promise);
        return commits.write(handle -> {
            Optional<Promise> written = rows.find(handle, promise.id());
            return written.isPresent() ? new Taken.Accepted(written.get()) : take(handle, prepared);
        });
    }

    private Taken take(Handle handle, NewPromise taken) {
        Promise promise = taken.promise();
        if (promise.origin() instanceof Origin.Called called) {
            Optional<Promise> before = rows.find(handle, promise.id());
            if (before.isPresent()) {
                return new Taken.Repeated(before.get(), null);
            }
            if (ended(handle, called.call().promise())) {
                return new Taken.CallerEnded();
            }
        } else if (promise.key() != null) {
            // Written before it is looked up: another controller may be taking in the same key just now.
            boolean fresh = claim(handle, taken);
            Optional<Taken.Repeated> before = fresh ? Optional.empty() : owner(handle, promise.key());
            if (before.isPresent()) {
                return before.get();
            }
            if (!fresh) {
                handle.execute(
                        "UPDATE idempotency_key SET promise = ?, fingerprint = ? WHERE hash = ?",
                        promise.id(),
                        promise.key().fingerprint(),
                        taken.keyHash());
            }
        }
        return new Taken.Accepted(insert.insert(handle, taken, owner));
    }

    /** Writes a promise's key, in plain JDBC as the rest of what a submission waits for; false if the key is known. */
    private static boolean claim(Handle handle, NewPromise taken) {
        CachedStatements statements = (CachedStatements) handle.getStatementBuilder();
        try {
            PreparedStatement insert = statements.kept(CLAIM);
            insert.setString(1, taken.keyHash());
            insert.setString(2, taken.promise().id());
            insert.setString(3, taken.promise().key().fingerprint());
            return insert.executeUpdate() > 0;
        } catch (SQLException e) {
            throw new ConnectionException(e);
        }
    }

    /** The promise that a key belongs to; nothing if the key is new, or its promise has been dropped. */
    Optional<Taken.Repeated> owner(Handle handle, IdempotencyKey key) {
        return handle.select("SELECT promise, fingerprint FROM idempotency_key WHERE hash = ?", key.hash())
                .map((row, context) -> List.of(row.getString(1), row.getString(2)))
                .findOne()
                .flatMap(found -> rows.find(handle, found.get(0)).map(p -> new Taken.Repeated(p, found.get(1))));
    }

    private static boolean ended(Handle handle, String caller) {
        return handle.select("SELECT 1 FROM promise WHERE id = ? AND settled IS NULL", caller)
                .mapTo(int.class)
                .findOne()
                .isEmpty();
    }
}
