package io.jenkins.plugins.promise.testing;

import io.jenkins.plugins.promise.ledger.Ledger;
import io.jenkins.plugins.promise.ledger.controllers.ControllerIdentity;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;

/** An embedded ledger filled with promises that are settled and delivered, without a controller. */
public final class KeptPromises {
    private static final int JOBS = 100;
    private static final int IN_A_TRANSACTION = 50_000;
    private static final String CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private final Path folder;
    private final long first = System.currentTimeMillis() - Duration.ofDays(2).toMillis();

    /** A ledger in that folder, which is made. */
    public KeptPromises(Path folder) {
        this.folder = folder;
    }

    /** The id of the promise of that number. */
    public String id(int number) {
        StringBuilder id = new StringBuilder();
        for (long rest = number; id.length() < 26; rest /= CROCKFORD.length()) {
            id.append(CROCKFORD.charAt((int) (rest % CROCKFORD.length())));
        }
        return id.reverse().toString();
    }

    /** Puts promises of the numbers from one to that one there. */
    public void fill(int count) throws Exception {
        Ledger.open(EmbeddedLedger.in(folder), ControllerIdentity.begin("bench", "http://nowhere"), Clock.systemUTC())
                .close();
        try (Connection ledger = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("ledger.db"));
                Statement once = ledger.createStatement()) {
            once.execute("PRAGMA synchronous = OFF");
            ledger.setAutoCommit(false);
            try (PreparedStatement promise = ledger.prepareStatement("INSERT INTO promise (number, id, format, job,"
                            + " version, lane, state, open, owner, epoch, accepted, deadline, settled, closed, reason,"
                            + " given_up, record) VALUES (?, ?, 1, ?, ?, 'worker', ?, 0, 'bench', 0, ?, ?,"
                            + " ?, ?, ?, 0, ?)");
                    PreparedStatement delivery = ledger.prepareStatement("INSERT INTO delivery (promise, input, place,"
                            + " owner, receiver, state, record) VALUES (?, 'REPORT_RETURN_URL', 0, 'bench',"
                            + " 'http://127.0.0.1:1', 'DELIVERED', ?)");
                    PreparedStatement report = ledger.prepareStatement("INSERT INTO report VALUES (?, ?)");
                    PreparedStatement search =
                            ledger.prepareStatement("INSERT INTO promise_search (rowid, words) VALUES (?, ?)")) {
                for (int number = 1; number <= count; number++) {
                    write(number, promise, delivery, report, search);
                    if (number % IN_A_TRANSACTION == 0 || number == count) {
                        for (PreparedStatement one : new PreparedStatement[] {promise, delivery, report, search}) {
                            one.executeBatch();
                        }
                        ledger.commit();
                    }
                }
            }
        }
    }

    private void write(
            int number,
            PreparedStatement promise,
            PreparedStatement delivery,
            PreparedStatement report,
            PreparedStatement search)
            throws Exception {
        String id = id(number);
        String job = "job" + number % JOBS;
        boolean good = number % 20 != 0;
        // All within the last days, or the first thing that the controller did would be to drop them.
        long at = first + number * 100L;
        String reason = good ? "1 worker in 1 phase" : "the mesh has holes";
        String url = "http://127.0.0.1:1/reports/part" + number;
        promise.setInt(1, number);
        promise.setString(2, id);
        promise.setString(3, job);
        promise.setString(4, job + "-v1-1234567");
        promise.setString(5, good ? "FULFILLED" : "REJECTED");
        promise.setLong(6, at);
        promise.setLong(7, at + 1_800_000);
        promise.setLong(8, at + 4_000);
        promise.setLong(9, at + 4_100);
        promise.setString(10, reason);
        promise.setString(
                11,
                String.format(
                        Locale.ROOT,
                        "{\"inputs\":{\"PART\":\"s3://parts/part%d.stl\",\"LOT\":\"lot%d\",\"WHO\":\"customer\","
                                + "\"REPORT_RETURN_URL\":\"%s\"},\"build\":\"local\",\"started\":\"2026-01-01T00:00:00Z\","
                                + "\"starts\":1,\"callbacks\":1}",
                        number,
                        number % 1_000,
                        url));
        promise.addBatch();
        delivery.setString(1, id);
        delivery.setString(
                2,
                String.format(
                        Locale.ROOT,
                        "{\"input\":\"REPORT_RETURN_URL\",\"receives\":\"report\",\"url\":\"%s\",\"webhookId\":\"msg_%s\","
                                + "\"state\":\"DELIVERED\",\"tries\":1}",
                        url,
                        id));
        delivery.addBatch();
        report.setString(1, id);
        report.setString(
                2,
                String.format(
                        Locale.ROOT,
                        "{\"process\":\"%s-v1-1234567\",\"status\":\"%s\",\"reason\":\"%s\",\"data\":{\"price\":12.4}}",
                        job,
                        good ? "SUCCESS" : "FAILURE",
                        reason));
        report.addBatch();
        search.setInt(1, number);
        search.setString(
                2,
                id + " " + job + " v1 1234567 s3 parts part" + number + " stl lot" + number % 1_000
                        + " customer http 127 0" + " 0 1 1 reports part" + number + " " + reason);
        search.addBatch();
    }
}
