package io.jenkins.plugins.promise.local.handover;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.ledger.handover.LedgerSeal;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The next controller of a home, as the one sees it that gives. */
final class Successor implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger(Successor.class.getName());
    private static final Duration ENDS_WITHIN = Duration.ofSeconds(10);

    private final Words words;
    private final long pid;
    /** Where it answers; nothing if it is gone. */
    private final CompletableFuture<Optional<URI>> up = new CompletableFuture<>();
    /** Whether it has accepted something, or is gone. */
    private final CompletableFuture<Boolean> accepted = new CompletableFuture<>();

    private Successor(Words words, long pid) {
        this.words = words;
        this.pid = pid;
    }

    /**
     * Waits until whoever is connected asks; nothing if it goes without asking.
     *
     * @param url where this controller listens
     */
    static Optional<Successor> of(SocketChannel channel, URI url) {
        Words words = new Words(channel);
        try {
            words.say(Words.word()
                    .put(Predecessor.PID, ProcessHandle.current().pid())
                    .put(Predecessor.UP, url.toString()));
            Optional<JsonNode> asks = words.hear();
            if (asks.isPresent()) {
                Successor successor =
                        new Successor(words, asks.get().path(Predecessor.PID).asLong());
                Thread listener = new Thread(successor::listen, "promise-successor");
                listener.setDaemon(true);
                listener.start();
                return Optional.of(successor);
            }
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "whoever was connected has gone", e);
        }
        words.hangUp();
        return Optional.empty();
    }

    private void listen() {
        try {
            for (Optional<JsonNode> word = words.hear(); word.isPresent(); word = words.hear()) {
                if (word.get().has(Predecessor.UP)) {
                    up.complete(Optional.of(
                            URI.create(word.get().path(Predecessor.UP).asText())));
                }
                if (word.get().has(Predecessor.ACCEPTED)) {
                    accepted.complete(true);
                }
            }
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.FINE, "the next controller is gone", e);
        } finally {
            up.complete(Optional.empty());
            accepted.complete(false);
        }
    }

    /** Its process. */
    long pid() {
        return pid;
    }

    /** Says that everything is its own from now on. */
    void give(Optional<LedgerSeal> seal) throws IOException {
        ObjectNode word = Words.word();
        word.set(Predecessor.SEAL, Json.mapper().valueToTree(seal.orElse(null)));
        words.say(word);
    }

    /** Whether it has ended before it answered. */
    boolean gone() {
        return up.isDone() && up.join().isEmpty();
    }

    /** Says that it gets nothing. */
    void refuse(String why) {
        try {
            words.say(Words.word().put(Predecessor.REFUSED, why));
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "the next controller is gone", e);
        }
    }

    /** Waits until it answers, and tells where; nothing if it is gone. */
    Optional<URI> up() throws InterruptedException {
        try {
            return up.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until it has accepted something, or that long, and tells whether it is there still. */
    boolean stays(Duration patience) throws InterruptedException {
        try {
            return accepted.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return true;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits for the end of one that is gone: until then ledger and address may be its. */
    void end() throws InterruptedException {
        Optional<ProcessHandle> process = ProcessHandle.of(pid);
        if (process.isEmpty()) {
            return;
        }
        try {
            process.get().onExit().get(ENDS_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOGGER.log(Level.WARNING, "the process {0}, which did not take over, is ended", Long.toString(pid));
            process.get().destroyForcibly();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        words.close();
    }
}
