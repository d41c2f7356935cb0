package io.jenkins.plugins.promise.local.handover;

import io.jenkins.plugins.promise.contract.words.Counted;
import io.jenkins.plugins.promise.local.LocalController;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The controller of a home in this process: until it is asked to stop, or the next one has taken over; started anew if
 * others have taken it for dead, and if the next one did not come up.
 */
public final class Serving {
    /** So long the next one must live, if nothing is submitted to it, before it is left alone. */
    private static final Duration LIVES = Duration.ofSeconds(60);
    /** So long those who are connected are led to the next one. */
    private static final Duration GO_WITHIN = Duration.ofSeconds(40);

    private final Path home;
    private final Starter starter;
    private final PrintWriter err;
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();
    private int port;
    private LocalController controller;

    /**
     * None yet.
     *
     * @param port where it is to listen; 0 for any, and then always that one
     * @param err what people are told
     */
    public Serving(Path home, int port, Starter starter, PrintWriter err) {
        this.home = home;
        this.port = port;
        this.starter = starter;
        this.err = err;
    }

    /** Starts a controller at a port, and tells that it listens. */
    @FunctionalInterface
    public interface Starter {
        LocalController start(int port) throws IOException;
    }

    /**
     * Runs to the end.
     *
     * @param before the one that has handed over; nothing if there was none
     */
    public void run(Optional<Predecessor> before) throws IOException, InterruptedException {
        begin();
        before.ifPresent(p -> p.replacedBy(controller));
        for (Next next = next(); next != Next.END; next = next()) {
            if (next == Next.ANEW) {
                begin();
            }
        }
    }

    private enum Next {
        /** It was stopped, or another one has taken over. */
        END,
        /** It goes on as if nothing had been. */
        SAME,
        /** It has ended, and another one is to be started in this process. */
        ANEW
    }

    private void begin() throws IOException {
        LocalController begun = starter.start(port);
        synchronized (this) {
            controller = begun;
            port = begun.port();
        }
    }

    private Next next() throws IOException, InterruptedException {
        try (HandoverSocket socket = HandoverSocket.open(home, controller.address())) {
            CompletableFuture.anyOf(stopped, controller.fenced(), socket.asked())
                    .join();
            if (stopped.isDone()) {
                return Next.END;
            }
            if (controller.fenced().isDone()) {
                tell("others have taken this controller for dead, and have its promises: what it ran is stopped, and it"
                        + " starts anew");
                controller.stop();
                return Next.ANEW;
            }
            socket.leave();
            Next next = handedOver(socket.asked().join());
            return stopped.isDone() ? Next.END : next;
        }
    }

    private Next handedOver(Successor successor) throws IOException, InterruptedException {
        tell("the next controller, process " + successor.pid() + ", takes over");
        try (successor) {
            controller.hold(() -> successor.gone() || stopped.isDone());
            if (stopped.isDone()) {
                return Next.END;
            }
            if (successor.gone()) {
                tell("the next controller is gone: this one goes on");
                controller.goOn();
                return Next.SAME;
            }
            if (taken(successor)) {
                controller.release(GO_WITHIN);
                tell("the next controller has taken over");
                return Next.END;
            }
        }
        successor.end();
        controller.release(Duration.ZERO);
        tell("the next controller did not come up: this one goes on");
        return Next.ANEW;
    }

    private boolean taken(Successor successor) throws InterruptedException {
        try {
            successor.give(controller.handOver());
        } catch (IOException | RuntimeException e) {
            tell("it cannot be handed over: " + e.getMessage());
            successor.refuse(e.getMessage());
            return false;
        }
        Optional<URI> up = successor.up();
        up.ifPresent(controller::forward);
        return up.isPresent() && successor.stays(LIVES);
    }

    /** Ends it, from another thread; returns when all is written. */
    public synchronized void stop() {
        stopped.complete(null);
        if (controller != null && !controller.stopped()) {
            tell("stopping; "
                    + Counted.of(
                            controller.openPromises(),
                            "promise is open and is kept",
                            "promises are open and are kept"));
            controller.stop().forEach(id -> tell("  " + id + " was stopped and runs again after the next start"));
        }
    }

    private void tell(String what) {
        err.println(what);
        err.flush();
    }
}
