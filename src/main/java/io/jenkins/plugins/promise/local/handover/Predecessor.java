package io.jenkins.plugins.promise.local.handover;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.ledger.database.LedgerLocation;
import io.jenkins.plugins.promise.ledger.handover.LedgerSeal;
import io.jenkins.plugins.promise.local.LocalController;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The controller that has a home, as the one sees it that takes over. */
public final class Predecessor implements AutoCloseable {
    static final String PID = "pid";
    static final String SEAL = "seal";
    static final String REFUSED = "refused";
    static final String UP = "up";
    static final String ACCEPTED = "accepted";

    private static final Logger LOGGER = Logger.getLogger(Predecessor.class.getName());

    private static final Duration ENDS_WITHIN = Duration.ofSeconds(10);

    private final Words words;
    private final long pid;
    private final URI address;
    private final Instant found = Instant.now();
    private final AtomicBoolean told = new AtomicBoolean();

    private Predecessor(Words words, JsonNode hello) {
        this.words = words;
        this.pid = hello.path(PID).asLong();
        this.address = URI.create(hello.path(UP).asText());
    }

    /** The one that has that home now; nothing if none runs that could be asked. */
    public static Optional<Predecessor> of(Path home) throws IOException {
        if (!Files.isDirectory(home)) {
            return Optional.empty();
        }
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(HandoverSocket.address(home));
            Words words = new Words(channel);
            Optional<JsonNode> hello = words.hear();
            if (hello.isPresent()) {
                return Optional.of(new Predecessor(words, hello.get()));
            }
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "nobody has this home", e);
        }
        channel.close();
        return Optional.empty();
    }

    /** Where it listens. */
    public URI address() {
        return address;
    }

    /**
     * Takes all that it has; returns when it is given, or the other one has ended without giving it.
     *
     * @param ledger the embedded ledger, if that is what the home has
     * @throws IOException if what is in the ledger is not what was there; the other one is to go on then
     */
    public void take(LedgerLocation.Embedded ledger) throws IOException, InterruptedException {
        words.say(Words.word().put(PID, ProcessHandle.current().pid()));
        Optional<JsonNode> given = words.hear();
        if (given.isEmpty()) {
            awaitEnd();
            return;
        }
        if (given.get().has(REFUSED)) {
            throw new IOException("the controller before goes on: "
                    + given.get().path(REFUSED).asText());
        }
        if (given.get().path(SEAL).isNull()) {
            return;
        }
        LedgerSeal seal = Json.mapper().treeToValue(given.get().path(SEAL), LedgerSeal.class);
        LedgerSeal there = LedgerSeal.of(ledger);
        if (!seal.equals(there)) {
            throw new IOException("the ledger that was handed over is not the one that is there: it had " + seal
                    + ", and has " + there + "; the controller before goes on");
        }
        LOGGER.log(Level.INFO, "handed over: {0}", seal);
    }

    /** One that was killed has ledger and address until it is gone. */
    private void awaitEnd() throws IOException, InterruptedException {
        try {
            ProcessHandle.of(pid)
                    .map(ProcessHandle::onExit)
                    .orElseGet(() -> CompletableFuture.completedFuture(null))
                    .get(ENDS_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the controller before, process " + pid + ", does not answer and does not end", e);
        }
    }

    /** Says that another one answers now, and, as soon as that is so, that it has accepted something. */
    void replacedBy(LocalController controller) {
        say(UP, controller.address().toString());
        controller.listen(promise -> {
            if (promise.accepted().isAfter(found) && told.compareAndSet(false, true)) {
                say(ACCEPTED, promise.id());
            }
        });
    }

    private void say(String word, String what) {
        try {
            words.say(Words.word().put(word, what));
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "the controller before has ended", e);
        }
    }

    @Override
    public void close() throws IOException {
        words.close();
    }
}
