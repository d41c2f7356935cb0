package io.jenkins.plugins.promise.local.http;

import io.jenkins.plugins.promise.acceptance.view.Problem;
import io.jenkins.plugins.promise.contract.json.Json;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.handler.HandlerWrapper;

/**
 * What all requests come through: open; shut for the moment in which another controller takes over; and from then on what
 * comes over connections that are still here is led to that one.
 */
public final class Doorway extends HandlerWrapper {
    private static final String AGAIN_SECONDS = "1";

    private final Object changes = new Object();
    private int inside;
    private volatile boolean shut;
    private volatile Forwarding forwarding;

    @Override
    public void handle(String target, Request base, HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        // Before it is asked whether it is open: what comes in has been counted.
        entered();
        boolean leaves = true;
        try {
            if (forwarding != null) {
                base.setHandled(true);
                forward(request, response);
            } else if (shut) {
                base.setHandled(true);
                refuse(response);
            } else {
                super.handle(target, base, request, response);
                if (request.isAsyncStarted()) {
                    request.getAsyncContext().addListener(new Leaving());
                    leaves = false;
                }
            }
        } finally {
            if (leaves) {
                left();
            }
        }
    }

    private void forward(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            forwarding.forward(request, response);
        } catch (IOException e) {
            if (response.isCommitted()) {
                throw e;
            }
            response.reset();
            refuse(response);
        }
    }

    private static void refuse(HttpServletResponse response) throws IOException {
        response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        response.setHeader("Retry-After", AGAIN_SECONDS);
        // The next connection finds the other one.
        response.setHeader("Connection", "close");
        response.setContentType(Problem.TYPE);
        response.getOutputStream()
                .write(Json.mapper()
                        .writeValueAsBytes(Problem.of(
                                "Unavailable", 503, "another controller takes over; ask again in a moment")));
    }

    private void entered() {
        synchronized (changes) {
            inside++;
        }
    }

    private void left() {
        synchronized (changes) {
            inside--;
            changes.notifyAll();
        }
    }

    /**
     * Lets nobody in any more, and waits for those who are inside.
     *
     * @param patience for how long
     */
    public void shut(Duration patience) throws InterruptedException {
        shut = true;
        long end = System.nanoTime() + patience.toNanos();
        synchronized (changes) {
            for (long left = patience.toMillis();
                    inside > 0 && left > 0;
                    left = (end - System.nanoTime()) / 1_000_000) {
                changes.wait(left);
            }
        }
    }

    /** Leads everybody there from now on. */
    public void forward(URI elsewhere) {
        forwarding = new Forwarding(elsewhere);
    }

    /** A request that is answered later has left when it is. */
    private final class Leaving implements AsyncListener {
        @Override
        public void onComplete(AsyncEvent event) {
            left();
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            // It is completed next.
        }

        @Override
        public void onError(AsyncEvent event) {
            // It is completed next.
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            event.getAsyncContext().addListener(this);
        }
    }
}
