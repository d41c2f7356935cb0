package io.jenkins.plugins.promise.acceptance;

import io.jenkins.plugins.promise.ledger.Ledger;
import io.jenkins.plugins.promise.ledger.QuietLog;
import io.jenkins.plugins.promise.ledger.controllers.OtherController;
import io.jenkins.plugins.promise.ledger.database.Fenced;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Shows the other controllers of a ledger that this one is alive, and takes over from those that are not. Silence is
 * measured by this controller's own clock, and only while it sees the ledger itself: a database that was away, or a pause
 * of this process, makes nobody dead.
 */
final class Adoption {
    private static final Logger LOGGER = Logger.getLogger(Adoption.class.getName());
    private static final int BEATS_IN_A_LEASE = 6;
    private static final long SHORTEST_BEAT_MILLIS = 100;

    private final Ledger ledger;
    private final Duration lease;
    private final Runnable adopted;
    private final Runnable fenced;
    private final PromiseTimer timer = new PromiseTimer("promise-heartbeat");
    private final QuietLog troubles = new QuietLog(LOGGER);
    private final Map<String, Silence> silences = new HashMap<>();
    private long lastLook = System.nanoTime();
    /** Whether something may have been taken over that this controller has not gone on with yet. */
    private boolean behind;

    /**
     * Begins to beat.
     *
     * @param lease after how much silence a controller is taken for dead
     * @param adopted what is done when promises were taken over
     * @param fenced what is done, once, when this controller itself was taken for dead
     */
    Adoption(Ledger ledger, Duration lease, Runnable adopted, Runnable fenced) {
        this.ledger = ledger;
        this.lease = lease;
        this.adopted = adopted;
        this.fenced = fenced;
    }

    /** Beats now, and goes on to. */
    void beat() {
        boolean counts = true;
        try {
            ledger.peers().beat().join();
            look();
        } catch (CompletionException e) {
            counts = !(e.getCause() instanceof Fenced);
            if (counts) {
                unseen(e.getCause());
            } else {
                LOGGER.log(Level.SEVERE, e.getCause().getMessage());
                fenced.run();
            }
        } catch (RuntimeException | Error e) {
            unseen(e);
        }
        if (counts) {
            var unused = timer.later(this::beat, beatMillis());
        }
    }

    private long beatMillis() {
        return Math.max(SHORTEST_BEAT_MILLIS, lease.toMillis() / BEATS_IN_A_LEASE);
    }

    private void unseen(Throwable problem) {
        silences.clear();
        troubles.log("the ledger cannot be reached", problem);
    }

    private void look() {
        long now = System.nanoTime();
        if (now - lastLook > Duration.ofMillis(3 * beatMillis()).toNanos()) {
            silences.clear();
        }
        lastLook = now;
        for (OtherController other : ledger.peers().others()) {
            Silence silence = silences.get(other.id());
            if (silence == null || silence.beat() != other.beat()) {
                silence = new Silence(other.beat(), now);
                silences.put(other.id(), silence);
            }
            if (other.gone() || now - silence.since() >= lease.toNanos()) {
                boolean before = behind;
                behind = true;
                int some = ledger.peers().takeOver(other).join();
                behind = before || some > 0;
                if (some > 0) {
                    LOGGER.log(
                            Level.WARNING,
                            "{0} open promises of the controller at {1} are taken over",
                            new Object[] {some, other.address()});
                }
            }
        }
        if (behind) {
            adopted.run();
            behind = false;
        }
    }

    void stop() {
        timer.close();
    }

    /**
     * How long nothing was heard of a controller.
     *
     * @param beat its last one
     * @param since when it was first seen, in nanoseconds
     */
    private record Silence(long beat, long since) {}
}
