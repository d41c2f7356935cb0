package io.jenkins.plugins.promise.farm.local;

import java.io.IOException;
import java.nio.channels.FileLock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Keeps a farm's controller and agents running: starts what ends again, and has the next controller take over from the one
 * that runs when another is wanted; a Jenkins ends first, for it shares its home with none. When it is stopped all is.
 */
public final class Supervisor {
    private static final Logger LOGGER = Logger.getLogger(Supervisor.class.getName());
    private static final Duration LOOKS_EVERY = Duration.ofMillis(200);
    private static final int LOOKS_FOR_A_PLACE = 10;
    private static final Duration GOES_BACK_WITHIN = Duration.ofSeconds(5);

    private final FarmFolder folder;
    private final Backoff backoff = new Backoff();
    private final Agents agents;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private Wanted current;
    private FarmProcess controller;
    private Optional<Leaving> leaving = Optional.empty();
    private Instant refused;
    private String trouble;
    private int restarts;

    /** The supervisor of the farm in that folder. */
    public Supervisor(FarmFolder folder) {
        this.folder = folder;
        this.agents = new Agents(folder);
    }

    /**
     * Runs until it is stopped.
     *
     * @return false if there is another supervisor
     */
    public boolean run() throws IOException, InterruptedException {
        Optional<FileLock> lock = place();
        if (lock.isEmpty()) {
            return false;
        }
        try {
            begin();
            while (stopping.getCount() > 0) {
                look();
            }
            controller.stop();
            agents.stop();
            if (leaving.isPresent()) {
                leaving.get().process().stop();
            }
            folder.running(new Running(0, 0, null, null, refused, trouble, restarts, List.of()));
            return true;
        } finally {
            lock.get().acquiredBy().close();
            stopped.countDown();
        }
    }

    /** Whoever looks whether there is a supervisor has its place for a moment. */
    private Optional<FileLock> place() throws IOException, InterruptedException {
        Optional<FileLock> lock = folder.lock();
        for (int again = 0; lock.isEmpty() && again < LOOKS_FOR_A_PLACE; again++) {
            if (stopping.await(LOOKS_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                return Optional.empty();
            }
            lock = folder.lock();
        }
        return lock;
    }

    /** Ends the controller and {@link #run}, and waits for that. */
    public void stop() {
        stopping.countDown();
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What a supervisor that was killed has left goes on, as what it was started as; what else is wanted comes after it. */
    private void begin() throws IOException {
        Optional<Running> before = folder.running().filter(r -> r.what() != null);
        Optional<FarmProcess> left = before.flatMap(r -> FarmProcess.left(r.controller(), r.begun()));
        before.ifPresent(r -> agents.left(r.agents()));
        if (left.isPresent()) {
            controller = left.get();
            current = before.get().what();
            tell();
        } else {
            start(wanted());
        }
    }

    private Wanted wanted() throws IOException {
        return folder.wanted()
                .orElseThrow(() -> new IOException(folder.folder() + " says nothing that is to run; promise farm up"));
    }

    private void look() throws IOException, InterruptedException {
        if (controller.ended(LOOKS_EVERY)) {
            if (!wentBack()) {
                again();
            }
            return;
        }
        leaving = leaving.filter(p -> p.process().alive());
        if (agents.keep(current.agents())) {
            tell();
        }
        Wanted next = wanted();
        if (!next.digest().equals(current.digest())) {
            replace(next);
        }
    }

    private void again() throws IOException, InterruptedException {
        Duration wait = backoff.after(Duration.between(controller.begun(), Instant.now()));
        trouble = "the controller, process " + controller.pid() + ", ended and was started again";
        LOGGER.log(Level.WARNING, "{0}", trouble);
        if (!stopping.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
            restarts++;
            start(current);
        }
    }

    /** One that ends before it has accepted anything is none: the one before has taken back what it gave. */
    private boolean wentBack() throws IOException, InterruptedException {
        Instant last = Instant.now().plus(GOES_BACK_WITHIN);
        while (leaving.isPresent()
                && !leaving.get().process().ended(LOOKS_EVERY)
                && Instant.now().isBefore(last)) {
            if (folder.announced().equals(Optional.of(leaving.get().process().pid()))) {
                Wanted next = current;
                controller = leaving.get().process();
                current = leaving.get().what();
                leaving = Optional.empty();
                refuse(next);
                return true;
            }
        }
        return false;
    }

    /**
     * The next one starts beside the one that runs, and takes over from it; what does not come up leaves that one as it
     * was.
     */
    private void replace(Wanted next) throws IOException, InterruptedException {
        FarmProcess before = controller;
        Wanted was = current;
        if (next.jenkins() || !canHandOver(before)) {
            before.stop();
        }
        Optional<FarmProcess> after = next.jenkins() && strange(next) ? Optional.empty() : started(next);
        if (after.isPresent() && comesUp(after.get(), next)) {
            leaving = Optional.of(new Leaving(before, was));
            controller = after.get();
            current = next;
            refused = null;
            trouble = null;
            tell();
            return;
        }
        if (after.isPresent() && after.get().alive()) {
            after.get().stop();
        }
        if (!before.alive()) {
            start(was);
        }
        refuse(next);
    }

    /** Whether somebody else answers where it is to answer. */
    private static boolean strange(Wanted next) throws InterruptedException {
        boolean strange = new ControllerAddress(next.address()).answers();
        if (strange) {
            LOGGER.log(Level.WARNING, "something else answers at {0}", next.address());
        }
        return strange;
    }

    /** One that was asked before, by one that has ended, can be asked again in a moment. */
    private boolean canHandOver(FarmProcess process) throws IOException, InterruptedException {
        Instant last = Instant.now().plus(GOES_BACK_WITHIN);
        while (!folder.handsOver() && Instant.now().isBefore(last) && !process.ended(LOOKS_EVERY)) {
            if (stopping.getCount() == 0) {
                return false;
            }
        }
        return folder.handsOver();
    }

    private void refuse(Wanted next) throws IOException {
        refused = next.asked();
        trouble = "what is wanted did not come up, and what was there before goes on; see " + folder.controllerLog();
        LOGGER.log(Level.WARNING, "{0}", trouble);
        folder.want(current);
        tell();
    }

    private Optional<FarmProcess> started(Wanted next) {
        try {
            return Optional.of(process(next));
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "what is wanted cannot be started", e);
            return Optional.empty();
        }
    }

    private FarmProcess process(Wanted next) throws IOException {
        return FarmProcess.start(next.command(), next.secrets(), next.jenkins(), folder.controllerLog());
    }

    private boolean comesUp(FarmProcess after, Wanted next) throws IOException, InterruptedException {
        Instant last = Instant.now().plus(next.comesUpWithin());
        ControllerAddress address = new ControllerAddress(next.address());
        while (Instant.now().isBefore(last) && stopping.getCount() > 0) {
            if (after.ended(LOOKS_EVERY)) {
                return false;
            }
            if (next.jenkins()
                    ? address.ready()
                    // Somebody else may answer there.
                    : folder.announced().equals(Optional.of(after.pid())) && address.answers()) {
                return true;
            }
        }
        return false;
    }

    private void start(Wanted next) throws IOException {
        controller = process(next);
        current = next;
        tell();
    }

    private void tell() throws IOException {
        folder.running(new Running(
                ProcessHandle.current().pid(),
                controller.pid(),
                controller.begun(),
                current,
                refused,
                trouble,
                restarts,
                agents.running()));
    }

    /** One that has handed over: it goes when nobody is connected to it any more. */
    private record Leaving(FarmProcess process, Wanted what) {}
}
