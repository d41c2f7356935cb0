package io.jenkins.plugins.promise.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.promise.callback.signature.Signer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A receiver of callbacks on this machine. */
final class ReceivedCallbacks implements AutoCloseable {

    private final HttpServer server;
    private final BlockingQueue<byte[]> reports = new LinkedBlockingQueue<>();

    ReceivedCallbacks() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    /** Receives, and checks signatures with that signer. */
    void start(Signer signer) {
        server.createContext("/report", exchange -> receive(exchange, signer, true));
        server.createContext("/registration", exchange -> receive(exchange, signer, false));
        server.start();
    }

    URI url(String what) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/" + what);
    }

    private void receive(HttpExchange exchange, Signer signer, boolean report) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            boolean genuine = new SignatureCheck(signer).genuine(exchange, body, Instant.now());
            exchange.sendResponseHeaders(genuine ? 204 : 401, -1);
            if (report && genuine) {
                reports.add(body);
            }
        }
    }

    /** The next report; null if none came within that time. */
    byte[] nextReport(long millis) throws InterruptedException {
        return reports.poll(millis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
