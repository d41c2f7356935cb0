package io.jenkins.plugins.promise.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.promise.contract.json.Json;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A callback receiver that may misbehave: real HTTP on loopback. */
public final class Receiver implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Message> messages = new ArrayList<>();
    private final Map<String, AtomicInteger> requests = new ConcurrentHashMap<>();

    public Receiver() throws IOException {
        this(0);
    }

    public Receiver(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 200);
        server.setExecutor(threads);
        on("/ok", (exchange, count) -> exchange.sendResponseHeaders(204, -1));
        server.start();
    }

    /** What to do with the nth request (from 1) to a path; it counts as received only if answered with 2xx. */
    @FunctionalInterface
    public interface Behaviour {
        void answer(HttpExchange exchange, int count) throws IOException;
    }

    public void on(String path, Behaviour behaviour) {
        server.createContext(path, exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            int count = requests.computeIfAbsent(path, p -> new AtomicInteger()).incrementAndGet();
            Message message = new Message(
                    exchange.getRequestURI().toString(),
                    exchange.getRequestHeaders().getFirst("webhook-id"),
                    exchange.getRequestHeaders().getFirst("webhook-timestamp"),
                    exchange.getRequestHeaders().getFirst("webhook-signature"),
                    new String(body, java.nio.charset.StandardCharsets.UTF_8));
            try (exchange) {
                behaviour.answer(exchange, count);
                if (exchange.getResponseCode() / 100 == 2) {
                    synchronized (messages) {
                        messages.add(message);
                        messages.notifyAll();
                    }
                }
            }
        });
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public String url(String path) {
        return "http://127.0.0.1:" + port() + path;
    }

    public int requests(String path) {
        return requests.getOrDefault(path, new AtomicInteger()).get();
    }

    public List<Message> messages() {
        synchronized (messages) {
            return new ArrayList<>(messages);
        }
    }

    /** Waits until so many messages have been received in all. */
    public List<Message> await(int count, Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        synchronized (messages) {
            while (messages.size() < count) {
                long left = (end - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    throw new AssertionError(
                            "only " + messages.size() + " of " + count + " messages came: " + messages);
                }
                messages.wait(left);
            }
            return new ArrayList<>(messages);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    public record Message(String path, String id, String timestamp, String signature, String body) {
        public JsonNode json() {
            try {
                return Json.mapper().readTree(body);
            } catch (IOException e) {
                throw new AssertionError(body, e);
            }
        }
    }
}
