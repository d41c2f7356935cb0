package io.jenkins.plugins.promise.local.http;

import io.javalin.Javalin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Where requests come in: at an address that can be left, through a doorway that can be shut. */
public final class Entrance {
    private static final Duration FREE_WITHIN = Duration.ofSeconds(5);
    private static final long LOOKS_EVERY_MILLIS = 20;

    private final Doorway doorway = new Doorway();
    private final HeaderClock clock;
    private ServerConnector connector;

    /**
     * One that is at no address yet.
     *
     * @param clock ends requests whose headers do not come
     */
    public Entrance(HeaderClock clock) {
        this.clock = clock;
    }

    /** What all requests come through. */
    public Doorway doorway() {
        return doorway;
    }

    /** Stands before all that a server does. */
    public void configure(Server server) {
        server.setErrorHandler(new ProblemErrorHandler());
        server.setHandler(doorway);
    }

    /** Lets requests in from an address from now on. */
    public void listen(Javalin server, Listener listener) throws IOException {
        server.unsafeConfig().jetty.addConnector((jetty, http) -> connector(jetty, http, listener));
        try {
            server.start();
        } catch (RuntimeException e) {
            throw new IOException("cannot answer at " + listener.url() + ": " + e.getMessage(), e);
        }
    }

    private ServerConnector connector(Server jetty, HttpConfiguration http, Listener listener) {
        http.setSendServerVersion(false);
        connector = new ServerConnector(jetty, new HttpConnectionFactory(http));
        connector.addBean(clock);
        try {
            connector.open(listener.channel());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return connector;
    }

    /** Gives the address free; what comes over connections that are here is answered still. */
    public void leave(Listener listener) throws IOException, InterruptedException {
        connector.close();
        if (!holds(listener::free, FREE_WITHIN)) {
            throw new IOException("the address " + listener.url() + " cannot be given free");
        }
    }

    /** Waits until nobody is connected any more, but not longer than that. */
    public void awaitNobody(Duration patience) throws InterruptedException {
        var unused = holds(() -> connector.getConnectedEndPoints().isEmpty(), patience);
    }

    private static boolean holds(BooleanSupplier condition, Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        CountDownLatch never = new CountDownLatch(1);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end || never.await(LOOKS_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
                return false;
            }
        }
        return true;
    }
}
