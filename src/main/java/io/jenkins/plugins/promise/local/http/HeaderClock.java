package io.jenkins.plugins.promise.local.http;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.HttpChannel;
import org.eclipse.jetty.server.Request;

/**
 * Closes connections that take too long to bring the line and the headers of a request. The server's own idle time does
 * not do that: it begins anew with each byte.
 */
public final class HeaderClock implements Connection.Listener, HttpChannel.Listener, AutoCloseable {
    private static final long LOOKS_IN_LIMIT = 4;

    private final long limitNanos;
    private final Map<EndPoint, Long> waiting = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "promise-http-clock");
        thread.setDaemon(true);
        return thread;
    });

    /** A clock that closes what takes longer than that. */
    public HeaderClock(Duration limit) {
        this.limitNanos = limit.toNanos();
        long pause = Math.max(1, limitNanos / LOOKS_IN_LIMIT);
        var unused = timer.scheduleWithFixedDelay(this::closeLate, pause, pause, TimeUnit.NANOSECONDS);
    }

    @Override
    public void onOpened(Connection connection) {
        waiting.put(connection.getEndPoint(), System.nanoTime());
    }

    @Override
    public void onClosed(Connection connection) {
        waiting.remove(connection.getEndPoint());
    }

    @Override
    public void onRequestBegin(Request request) {
        waiting.remove(request.getHttpChannel().getEndPoint());
    }

    @Override
    public void onComplete(Request request) {
        waiting.put(request.getHttpChannel().getEndPoint(), System.nanoTime());
    }

    private void closeLate() {
        long now = System.nanoTime();
        waiting.forEach((endPoint, since) -> {
            if (!endPoint.isOpen() || (now - since > limitNanos && waiting.remove(endPoint, since))) {
                waiting.remove(endPoint);
                endPoint.close();
            }
        });
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
