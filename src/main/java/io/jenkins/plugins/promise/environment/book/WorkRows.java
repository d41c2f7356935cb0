package io.jenkins.plugins.promise.environment.book;

import io.jenkins.plugins.promise.environment.Lease;
import io.jenkins.plugins.promise.environment.work.Work;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What is done under leases, as rows. */
final class WorkRows {
    /**
     * A piece of work.
     *
     * @param turn how often it has gone on
     */
    record Row(int turn, Work work) {}

    Optional<Row> find(Handle handle, String environment, long fence) {
        return handle.select(
                        "SELECT turn, work FROM environment_work WHERE environment = ? AND fence = ?",
                        environment,
                        fence)
                .map((row, context) -> new Row(row.getInt(1), Stored.read(row.getString(2), Work.class)))
                .findOne();
    }

    /** What a holder has begun last. */
    Optional<Work> latest(Handle handle, String environment, String holder) {
        return handle.select(
                        "SELECT work FROM environment_work WHERE environment = ? AND holder = ?"
                                + " ORDER BY fence DESC LIMIT 1",
                        environment,
                        holder)
                .mapTo(String.class)
                .findOne()
                .map(text -> Stored.read(text, Work.class));
    }

    void save(Handle handle, Lease lease, int turn, Work work, Instant now) {
        int ended = work instanceof Work.Ended ? 1 : 0;
        int known = handle.execute(
                "UPDATE environment_work SET turn = ?, ended = ?, at = ?, work = ? WHERE environment = ? AND fence = ?",
                turn,
                ended,
                now.toEpochMilli(),
                Stored.text(work),
                lease.environment(),
                lease.fence());
        if (known == 0) {
            handle.execute(
                    "INSERT INTO environment_work (environment, fence, holder, turn, ended, at, work)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                    lease.environment(),
                    lease.fence(),
                    lease.holder(),
                    turn,
                    ended,
                    now.toEpochMilli(),
                    Stored.text(work));
        }
    }
}
