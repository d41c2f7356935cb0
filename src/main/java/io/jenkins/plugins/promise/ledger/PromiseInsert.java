package io.jenkins.plugins.promise.ledger;

import io.jenkins.plugins.promise.callback.Delivery;
import io.jenkins.plugins.promise.ledger.database.CachedStatements;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.ledger.promise.PromiseRecord;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;

/**
 * Takes a promise in: its row, its deliveries' and its words. This is what a submission waits for, so it is plain JDBC with
 * statements that stay prepared.
 */
final class PromiseInsert {
    private static final String PROMISE =
            "INSERT INTO promise (id, format, job, version, lane, state, open, parent, owner,"
                    + " epoch, accepted, deadline, given_up, record) VALUES (?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?, 0, ?)";
    private static final String NUMBERED = PROMISE + " RETURNING number";
    private static final String LAST_NUMBER = "SELECT last_insert_rowid()";
    private static final String DELIVERY = "INSERT INTO delivery (promise, input, place, owner, receiver, state, due,"
            + " record) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";

    private final PromiseWords words;

    PromiseInsert(PromiseWords words) {
        this.words = words;
    }

    /**
     * Takes a promise in that is not settled, owned by that controller.
     *
     * @return it with its number
     */
    Promise insert(Handle handle, NewPromise taken, String owner) {
        CachedStatements statements = (CachedStatements) handle.getStatementBuilder();
        try {
            long number = promise(statements, taken, owner);
            List<Delivery> sendable = taken.promise().sendable();
            for (int place = 0; place < taken.deliveries().size(); place++) {
                delivery(statements.kept(DELIVERY), taken, place, sendable, owner);
            }
            PreparedStatement search = statements.kept(words.insertion());
            search.setLong(1, number);
            search.setString(2, taken.words());
            search.executeUpdate();
            words.inserted(handle);
            return taken.promise().taken(number, taken.promise().epoch());
        } catch (SQLException e) {
            throw new ConnectionException(e);
        }
    }

    /**
     * SQLite is asked for the number by itself: a statement that returns rows can be taken back alone, and for that the
     * words of all that the transaction has taken in before are written out each time.
     */
    private long promise(CachedStatements statements, NewPromise taken, String owner) throws SQLException {
        PreparedStatement insert = statements.kept(words.shared() ? NUMBERED : PROMISE);
        bind(insert, taken, owner);
        if (words.shared()) {
            return number(insert);
        }
        insert.executeUpdate();
        return number(statements.kept(LAST_NUMBER));
    }

    private static long number(PreparedStatement query) throws SQLException {
        try (ResultSet number = query.executeQuery()) {
            number.next();
            return number.getLong(1);
        }
    }

    private static void bind(PreparedStatement insert, NewPromise taken, String owner) throws SQLException {
        Promise promise = taken.promise();
        insert.setString(1, promise.id());
        insert.setInt(2, PromiseRecord.FORMAT);
        insert.setString(3, promise.job());
        insert.setString(4, promise.version());
        insert.setString(5, promise.lane());
        insert.setString(6, promise.state().name());
        insert.setString(7, promise.parent() == null ? null : promise.parent().promise());
        insert.setString(8, owner);
        insert.setInt(9, promise.epoch());
        insert.setLong(10, promise.accepted().toEpochMilli());
        insert.setLong(11, promise.deadline().toEpochMilli());
        insert.setString(12, taken.record());
    }

    private static void delivery(
            PreparedStatement insert, NewPromise taken, int place, List<Delivery> sendable, String owner)
            throws SQLException {
        Delivery delivery = taken.promise().deliveries().get(place);
        Instant due = sendable.contains(delivery) ? delivery.next() : null;
        insert.setString(1, taken.promise().id());
        insert.setString(2, delivery.input());
        insert.setInt(3, place);
        insert.setString(4, owner);
        insert.setString(5, delivery.receiver());
        insert.setString(6, delivery.state().name());
        if (due == null) {
            insert.setNull(7, Types.BIGINT);
        } else {
            insert.setLong(7, due.toEpochMilli());
        }
        insert.setString(8, taken.deliveries().get(place));
        insert.executeUpdate();
    }
}
