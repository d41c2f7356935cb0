package io.jenkins.plugins.promise.acceptance;

import io.jenkins.plugins.promise.ledger.Ledger;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Whose turn it is at a lane: in the order of acceptance, but past those whose job has as many builds as it may have, or is
 * disabled. Whoever asks guards the window.
 */
final class Turns {
    private static final int MOST_AT_ONCE = 500;

    private final Ledger ledger;
    private final DispatchWindow window;

    Turns(Ledger ledger, DispatchWindow window) {
        this.ledger = ledger;
        this.window = window;
    }

    /**
     * Those that are to be queued now; the window has them from then on.
     *
     * @param unread is told if the ledger could not be read, or not to the end
     */
    List<Promise> next(String lane, Consumer<UncheckedIOException> unread) {
        int room = Math.min(window.room(lane), MOST_AT_ONCE);
        if (room <= 0 || !window.hasMoreAt(lane)) {
            return List.of();
        }
        List<Promise> next = new ArrayList<>();
        Set<String> full = new HashSet<>();
        Set<String> held = new HashSet<>();
        boolean again = true;
        while (again) {
            again = false;
            int most = room + window.inQueue(lane);
            List<Promise> waiting;
            try {
                waiting = ledger.work().waiting(lane, full, held, most);
            } catch (UncheckedIOException e) {
                unread.accept(e);
                return next;
            }
            boolean all = waiting.size() < most;
            for (Promise promise : waiting) {
                if (window.inQueue(promise)) {
                    continue;
                }
                if (next.size() == room) {
                    // Fewer than were asked for may be too many: what the window has may run by now, as the ledger
                    // says.
                    all = false;
                    break;
                }
                // What must not be queued now is passed over: look for others behind it.
                if (window.held(promise).isPresent()) {
                    again |= held.add(promise.version());
                } else if (window.saturated(promise)) {
                    again |= full.add(promise.job());
                } else {
                    window.enter(promise);
                    next.add(promise);
                }
            }
            if (!again && all && full.isEmpty() && held.isEmpty()) {
                window.noMoreAt(lane);
            }
        }
        return next;
    }
}
