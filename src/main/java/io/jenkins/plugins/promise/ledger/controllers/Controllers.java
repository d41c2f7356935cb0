package io.jenkins.plugins.promise.ledger.controllers;

import io.jenkins.plugins.promise.ledger.database.Fenced;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The controllers that share a ledger, as rows: who is there, who is gone, and who has taken over what. */
public final class Controllers {
    private final ControllerIdentity self;
    private final boolean alone;
    private final String lockRow;

    /**
     * The controllers, seen by one of them.
     *
     * @param shared whether there can be others
     */
    public Controllers(ControllerIdentity self, boolean shared) {
        this.self = self;
        this.alone = !shared;
        this.lockRow = shared ? " FOR SHARE" : "";
    }

    /**
     * Makes this controller known, and takes over what an earlier run of the same home had: that one has ended, for a
     * home is used by one at a time. An embedded ledger is of one controller at a time, whatever it holds.
     *
     * @return how many open promises it had
     */
    public int register(Handle handle, long now) {
        handle.execute(
                "INSERT INTO controller (id, home, address, started, beat, gone) VALUES (?, ?, ?, ?, 0, 0)",
                self.id(),
                self.home(),
                self.address(),
                now);
        if (alone) {
            handle.execute("DELETE FROM controller WHERE id <> ?", self.id());
        } else {
            handle.execute("DELETE FROM controller WHERE id <> ? AND home = ?", self.id(), self.home());
        }
        return adopt(handle);
    }

    /**
     * Lets a transaction through only while this controller counts, and keeps it counting until the transaction's end.
     *
     * @throws Fenced if others have taken over what it had
     */
    public void fence(Handle handle) {
        boolean there = handle.select("SELECT gone FROM controller WHERE id = ?" + lockRow, self.id())
                .mapTo(int.class)
                .findOne()
                .filter(gone -> gone == 0)
                .isPresent();
        if (!there) {
            throw new Fenced(self.id());
        }
    }

    /** Shows that this controller is alive. */
    public void beat(Handle handle) {
        handle.execute("UPDATE controller SET beat = beat + 1 WHERE id = ? AND gone = 0", self.id());
    }

    /** The others, and how they have last shown themselves. */
    public List<OtherController> others(Handle handle) {
        return handle.select("SELECT id, address, beat, gone FROM controller WHERE id <> ?", self.id())
                .map((row, context) -> new OtherController(
                        row.getString("id"), row.getString("address"), row.getLong("beat"), row.getInt("gone") != 0))
                .list();
    }

    /**
     * Takes over from a controller that has not shown itself since, or that has gone.
     *
     * @return how many open promises it had; none if it has shown itself meanwhile
     */
    public int takeOver(Handle handle, OtherController other) {
        // One that was stopped in the middle of a transaction holds its row until the database ends that transaction:
        // waiting for it would make this controller silent too.
        boolean silent = handle.select(
                        "SELECT id FROM controller WHERE id = ? AND (beat = ? OR gone = 1) FOR UPDATE SKIP LOCKED",
                        other.id(),
                        other.beat())
                .mapTo(String.class)
                .findOne()
                .isPresent();
        if (!silent) {
            return 0;
        }
        handle.execute("DELETE FROM controller WHERE id = ?", other.id());
        return adopt(handle);
    }

    /** What belongs to no controller that is known, also because the ledger was restored from elsewhere. */
    private int adopt(Handle handle) {
        String ofNobody = " AND owner NOT IN (SELECT id FROM controller)";
        handle.execute("UPDATE delivery SET owner = ? WHERE state = 'WAITING'" + ofNobody, self.id());
        return handle.execute("UPDATE promise SET owner = ?, epoch = epoch + 1 WHERE open = 1" + ofNobody, self.id());
    }

    /** Tells the others that this controller ends by itself, so that they need not wait for its silence. */
    public void leave(Handle handle) {
        handle.execute("UPDATE controller SET gone = 1 WHERE id = ?", self.id());
    }
}
