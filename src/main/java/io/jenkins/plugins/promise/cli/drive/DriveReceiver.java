package io.jenkins.plugins.promise.cli.drive;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.promise.callback.signature.Signer;
import io.jenkins.plugins.promise.cli.CommandFailure;
import io.jenkins.plugins.promise.cli.ExitCode;
import io.jenkins.plugins.promise.cli.SignatureCheck;
import io.jenkins.plugins.promise.contract.Receives;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Receives the callbacks of a drive, each at a URL of its own, and misbehaves if it is asked to. */
final class DriveReceiver implements AutoCloseable {
    private static final int THREADS = 32;
    private static final int HANG_SECONDS = 40;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, DriveReceiver::thread);
    private final ScheduledExecutorService late = Executors.newSingleThreadScheduledExecutor(DriveReceiver::thread);
    private final List<Driven> all;
    private final Signer signer;
    private final Chaos chaos;
    private final AtomicInteger forged = new AtomicInteger();
    private final AtomicInteger misdeeds = new AtomicInteger();
    private final String base;

    /**
     * Listens.
     *
     * @param listen {@code HOST:PORT}
     * @throws CommandFailure if it is not
     */
    static DriveReceiver listening(String listen, URI publicUrl, List<Driven> all, Signer signer, Chaos chaos)
            throws IOException {
        int colon = listen.lastIndexOf(':');
        if (colon < 1 || !listen.substring(colon + 1).matches("[0-9]{1,5}")) {
            throw new CommandFailure(ExitCode.USAGE, "--listen must be HOST:PORT, as in 127.0.0.1:9000");
        }
        int port = Integer.parseInt(listen.substring(colon + 1));
        return new DriveReceiver(listen.substring(0, colon), port, publicUrl, all, signer, chaos);
    }

    /**
     * Listens.
     *
     * @param publicUrl how the controller reaches it; null for the address itself
     * @param signer checks signatures; null for none
     */
    private DriveReceiver(String host, int port, URI publicUrl, List<Driven> all, Signer signer, Chaos chaos)
            throws IOException {
        this.all = all;
        this.signer = signer;
        this.chaos = chaos;
        server = HttpServer.create(new InetSocketAddress(host, port), 0);
        server.setExecutor(threads);
        server.createContext("/", this::receive);
        server.start();
        base = publicUrl == null
                ? "http://" + host + ":" + server.getAddress().getPort()
                : publicUrl.toString().replaceFirst("/+$", "");
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "drive-receiver");
        thread.setDaemon(true);
        return thread;
    }

    /** The callback URL of a submission. */
    String url(Driven driven, Receives receives) {
        return base + "/" + driven.number() + "/" + receives.keyword();
    }

    /** How many callbacks came with a wrong signature. */
    int forged() {
        return forged.get();
    }

    /** How many requests it treated badly. */
    int misdeeds() {
        return misdeeds.get();
    }

    private void receive(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        Instant now = Instant.now();
        Chaos.Deed deed = chaos.next();
        if (deed != Chaos.Deed.NOTHING) {
            misdeeds.incrementAndGet();
            // What was refused is the report, or the registration that the report waits for.
            meant(exchange).ifPresent(driven -> driven.spoilt(now));
        }
        if (deed == Chaos.Deed.ERROR) {
            answer(exchange, 500);
            return;
        }
        int status = take(exchange, body, now);
        switch (deed) {
            case RESET -> exchange.close();
            case HANG -> {
                var unused = late.schedule(exchange::close, HANG_SECONDS, TimeUnit.SECONDS);
            }
            case NOTHING, ERROR -> answer(exchange, status);
        }
    }

    private int take(HttpExchange exchange, byte[] body, Instant now) {
        Optional<Driven> driven = meant(exchange);
        if (driven.isEmpty()) {
            return 404;
        }
        if (signer != null && !new SignatureCheck(signer).genuine(exchange, body, now)) {
            forged.incrementAndGet();
            return 401;
        }
        if (exchange.getRequestURI().getPath().endsWith("/" + Receives.REPORT.keyword())) {
            driven.get().reported(body, now);
        } else {
            driven.get().registered(now);
        }
        return 204;
    }

    private Optional<Driven> meant(HttpExchange exchange) {
        String[] path = exchange.getRequestURI().getPath().split("/", -1);
        if (path.length < 3 || !path[path.length - 2].matches("[0-9]{1,9}")) {
            return Optional.empty();
        }
        int number = Integer.parseInt(path[path.length - 2]);
        return number < all.size() ? Optional.of(all.get(number)) : Optional.empty();
    }

    private static void answer(HttpExchange exchange, int status) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(status, -1);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        late.shutdownNow();
    }
}
