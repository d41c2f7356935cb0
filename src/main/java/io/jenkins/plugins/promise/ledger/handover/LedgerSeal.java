package io.jenkins.plugins.promise.ledger.handover;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import io.jenkins.plugins.promise.ledger.database.LedgerLocation;
import io.jenkins.plugins.promise.ledger.database.LedgerReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/**
 * What is in a ledger that nobody writes to: what is to be done in full, of the rest how much there is, so that it takes no
 * longer the more is kept.
 *
 * @param last the number of the newest promise; 0 for none
 * @param open how many promises are open
 * @param waiting how many deliveries wait
 * @param versions how many versions are deployed
 * @param digest of the open promises, of what waits, and of what common names stand for
 */
public record LedgerSeal(long last, int open, int waiting, int versions, String digest) {
    private static final String OPEN =
            "SELECT number, id, version, state, epoch, owner, coalesce(cancel_by, ''), record"
                    + " FROM promise WHERE open = 1 ORDER BY number";
    private static final String WAITING =
            "SELECT promise, input, owner, receiver, coalesce(due, 0), record FROM delivery"
                    + " WHERE state = 'WAITING' ORDER BY promise, input";
    private static final String NAMES = "SELECT name, suite, stood FROM common_name ORDER BY name";

    /**
     * Reads a ledger.
     *
     * @throws IOException if it cannot be read
     */
    public static LedgerSeal of(LedgerLocation.Embedded location) throws IOException {
        try (LedgerReader reader = LedgerReader.open(location)) {
            return reader.atOneMoment(LedgerSeal::of);
        } catch (JdbiException e) {
            throw new IOException("the ledger in " + location.folder() + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static LedgerSeal of(Handle handle) {
        Hasher hasher = Hashing.sha256().newHasher();
        int open = add(handle, OPEN, hasher);
        int waiting = add(handle, WAITING, hasher);
        add(handle, NAMES, hasher);
        return new LedgerSeal(
                one(handle, "SELECT coalesce(max(number), 0) FROM promise"),
                open,
                waiting,
                (int) one(handle, "SELECT count(*) FROM version"),
                hasher.hash().toString());
    }

    private static long one(Handle handle, String query) {
        return handle.select(query).mapTo(long.class).one();
    }

    private static int add(Handle handle, String query, Hasher hasher) {
        return handle.select(query).map((row, context) -> add(row, hasher)).reduce(0, Integer::sum);
    }

    private static int add(ResultSet row, Hasher hasher) throws SQLException {
        for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
            byte[] value = row.getString(column).getBytes(StandardCharsets.UTF_8);
            hasher.putInt(value.length).putBytes(value);
        }
        return 1;
    }

    /** For people. */
    @Override
    public String toString() {
        return open + " open promises up to number " + last + ", " + waiting + " deliveries that wait, " + versions
                + " versions, " + digest.substring(0, 12);
    }
}
