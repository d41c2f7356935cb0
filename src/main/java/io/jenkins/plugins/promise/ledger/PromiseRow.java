package io.jenkins.plugins.promise.ledger;

import io.jenkins.plugins.promise.callback.Delivery;
import io.jenkins.plugins.promise.ledger.promise.Progress;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.ledger.promise.PromiseRecord;
import io.jenkins.plugins.promise.ledger.promise.UnreadableRecord;
import io.jenkins.plugins.promise.report.ReportStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The columns of a promise, as they are read. */
record PromiseRow(
        long number,
        String id,
        int format,
        String job,
        String version,
        String lane,
        String state,
        int epoch,
        long accepted,
        long deadline,
        Optional<Long> settled,
        String reason,
        Optional<Long> queueItem,
        String record) {

    static PromiseRow of(ResultSet row) throws SQLException {
        return new PromiseRow(
                row.getLong("number"),
                row.getString("id"),
                row.getInt("format"),
                row.getString("job"),
                row.getString("version"),
                row.getString("lane"),
                row.getString("state"),
                row.getInt("epoch"),
                row.getLong("accepted"),
                row.getLong("deadline"),
                optional(row, "settled"),
                row.getString("reason"),
                optional(row, "queue_item"),
                row.getString("record"));
    }

    private static Optional<Long> optional(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(value);
    }

    Promise promise(List<Delivery> deliveries) throws UnreadableRecord {
        PromiseRecord read = PromiseRecord.read(format, record);
        return new Promise(
                number,
                id,
                job,
                version,
                lane,
                read.inputs(),
                read.secrets(),
                Instant.ofEpochMilli(accepted),
                Instant.ofEpochMilli(deadline),
                read.origin(),
                progress(read),
                deliveries,
                read.phases(),
                epoch);
    }

    private Progress progress(PromiseRecord read) throws UnreadableRecord {
        if (read.build() != null && read.started() == null) {
            throw new UnreadableRecord("its build runs, but not since when");
        }
        Progress before = read.build() == null
                ? new Progress.Pending(queueItem, read.starts())
                : new Progress.Running(queueItem, read.starts(), read.build(), read.started());
        return switch (state) {
            case "PENDING", "RUNNING" -> before;
            case "FULFILLED" -> settled(ReportStatus.SUCCESS, before);
            case "REJECTED" -> settled(ReportStatus.FAILURE, before);
            default -> throw new UnreadableRecord("its state is " + state);
        };
    }

    private Progress settled(ReportStatus status, Progress before) throws UnreadableRecord {
        if (settled.isEmpty() || reason == null) {
            throw new UnreadableRecord("it is settled, but neither when nor why is known");
        }
        return new Progress.Settled(status, reason, Instant.ofEpochMilli(settled.get()), before);
    }
}
