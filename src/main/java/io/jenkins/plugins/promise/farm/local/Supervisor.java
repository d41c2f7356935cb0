package io.jenkins.plugins.promise.farm.local;

import java.io.IOException;
import java.nio.channels.FileLock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Keeps a farm's controller running: starts it again when it ends, replaces it when another is wanted, and goes back to
 * the one before if that does not come up. When it is stopped the controller is.
 */
public final class Supervisor {
    private static final Logger LOGGER = Logger.getLogger(Supervisor.class.getName());
    private static final Duration LOOKS_EVERY = Duration.ofMillis(200);
    private static final int LOOKS_FOR_A_PLACE = 10;
    private static final Duration COMES_UP_WITHIN = Duration.ofSeconds(60);

    private final FarmFolder folder;
    private final Backoff backoff = new Backoff();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private Wanted current;
    private ControllerProcess controller;
    private Instant refused;
    private String trouble;
    private int restarts;

    /** The supervisor of the farm in that folder. */
    public Supervisor(FarmFolder folder) {
        this.folder = folder;
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
            folder.running(new Running(0, 0, null, null, refused, trouble, restarts));
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

    private void begin() throws IOException {
        current = wanted();
        Optional<Running> before = folder.running();
        Optional<ControllerProcess> left = before.flatMap(ControllerProcess::left)
                .filter(p -> current.digest().equals(before.get().digest()));
        if (left.isPresent()) {
            controller = left.get();
            tell();
        } else {
            before.flatMap(ControllerProcess::left).ifPresent(this::end);
            start(current);
        }
    }

    private void end(ControllerProcess process) {
        try {
            process.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Wanted wanted() throws IOException {
        return folder.wanted()
                .orElseThrow(() -> new IOException(folder.folder() + " says nothing that is to run; promise farm up"));
    }

    private void look() throws IOException, InterruptedException {
        if (controller.ended(LOOKS_EVERY)) {
            Duration wait = backoff.after(Duration.between(controller.begun(), Instant.now()));
            trouble = "the controller, process " + controller.pid() + ", ended and was started again";
            LOGGER.log(Level.WARNING, "{0}", trouble);
            if (!stopping.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                restarts++;
                start(current);
            }
            return;
        }
        Wanted next = wanted();
        if (!next.digest().equals(current.digest())) {
            replace(next);
        }
    }

    /** Promises stay where they are, in the ledger of the home that both have; what cannot come up is not kept. */
    private void replace(Wanted next) throws IOException, InterruptedException {
        Wanted before = current;
        controller.stop();
        if (started(next) && comesUp(next)) {
            refused = null;
            trouble = null;
            tell();
            return;
        }
        if (controller.alive()) {
            controller.stop();
        }
        refused = next.asked();
        trouble = "what is wanted did not come up, and what was there before is there again; see "
                + folder.controllerLog();
        LOGGER.log(Level.WARNING, "{0}", trouble);
        folder.want(before);
        start(before);
    }

    private boolean started(Wanted next) {
        try {
            start(next);
            return true;
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "what is wanted cannot be started", e);
            return false;
        }
    }

    private boolean comesUp(Wanted next) throws IOException, InterruptedException {
        Instant last = Instant.now().plus(COMES_UP_WITHIN);
        while (Instant.now().isBefore(last) && stopping.getCount() > 0) {
            if (controller.ended(LOOKS_EVERY)) {
                return false;
            }
            // Somebody else may answer there.
            if (folder.announced().equals(Optional.of(controller.pid())) && controller.answers(next.address())) {
                return true;
            }
        }
        return false;
    }

    private void start(Wanted next) throws IOException {
        controller = ControllerProcess.start(next, folder.controllerLog());
        current = next;
        tell();
    }

    private void tell() throws IOException {
        folder.running(new Running(
                ProcessHandle.current().pid(),
                controller.pid(),
                controller.begun(),
                current.digest(),
                refused,
                trouble,
                restarts));
    }
}
