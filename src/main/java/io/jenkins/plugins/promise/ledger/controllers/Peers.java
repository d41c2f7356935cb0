package io.jenkins.plugins.promise.ledger.controllers;

import io.jenkins.plugins.promise.ledger.database.Fenced;
import io.jenkins.plugins.promise.ledger.database.GroupCommit;
import io.jenkins.plugins.promise.ledger.database.LedgerReading;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A controller among those that share its ledger. */
public final class Peers {
    private static final Logger LOGGER = Logger.getLogger(Peers.class.getName());

    private final Controllers controllers;
    private final LedgerReading reading;
    private final GroupCommit commits;

    /** Seen by the controller that reads and writes so. */
    public Peers(Controllers controllers, LedgerReading reading, GroupCommit commits) {
        this.controllers = controllers;
        this.reading = reading;
        this.commits = commits;
    }

    /** The controllers beside this one. */
    public List<OtherController> others() {
        return reading.read(controllers::others);
    }

    /** Shows the others that this controller is alive; fails with {@link Fenced} if they have taken it for dead. */
    public CompletableFuture<Void> beat() {
        return commits.write(handle -> {
            controllers.beat(handle);
            return null;
        });
    }

    /**
     * Takes over from a controller that has not shown itself since it was seen, or that has gone.
     *
     * @return how many open promises it had
     */
    public CompletableFuture<Integer> takeOver(OtherController other) {
        return commits.write(handle -> controllers.takeOver(handle, other));
    }

    /** Tells the others that this controller ends; if it cannot, they notice by its silence. */
    public void leave() {
        commits.write(handle -> {
                    controllers.leave(handle);
                    return null;
                })
                .exceptionally(problem -> {
                    LOGGER.log(Level.FINE, "the others will notice by its silence", problem);
                    return null;
                })
                .join();
    }
}
