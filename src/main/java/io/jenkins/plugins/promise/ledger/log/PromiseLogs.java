package io.jenkins.plugins.promise.ledger.log;

import io.jenkins.plugins.promise.ledger.Ledger;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Logs of promises, compressed, for hosts that discard them themselves. One that is half written is not there. */
public final class PromiseLogs {
    private static final int PART_BYTES = 256 << 10;

    private final Ledger ledger;

    /** The logs in a ledger. */
    public PromiseLogs(Ledger ledger) {
        this.ledger = ledger;
    }

    /** What writes a log. */
    @FunctionalInterface
    public interface Source {
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Keeps a log in place of what was kept for that promise.
     *
     * @param until when it may be dropped
     * @throws IOException if it cannot be read or written; it is not kept then
     */
    public void keep(String promise, Source log, Instant until) throws IOException {
        await(ledger.write(handle -> handle.execute("DELETE FROM promise_log WHERE promise = ?", promise)));
        try (OutputStream compressed = new GZIPOutputStream(new Parts(promise))) {
            log.writeTo(compressed);
        }
        await(ledger.write(handle -> handle.execute(
                "UPDATE promise_log SET until = ? WHERE promise = ?", Math.max(1, until.toEpochMilli()), promise)));
    }

    /** Whether the log of a promise is kept. */
    public boolean kept(String promise) {
        return ledger.read(handle -> handle.select(
                                "SELECT 1 FROM promise_log WHERE promise = ? AND part = 0 AND until > 0", promise)
                        .mapTo(int.class)
                        .findOne())
                .isPresent();
    }

    /**
     * The log of a promise; nothing if none is kept.
     *
     * @throws IOException if it cannot be read
     */
    public Optional<InputStream> find(String promise) throws IOException {
        List<byte[]> parts;
        try {
            parts = ledger.read(handle -> handle.select(
                            "SELECT content FROM promise_log WHERE promise = ? AND until > 0 ORDER BY part", promise)
                    .mapTo(byte[].class)
                    .list());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        if (parts.isEmpty()) {
            return Optional.empty();
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.write(part);
        }
        return Optional.of(new GZIPInputStream(new ByteArrayInputStream(all.toByteArray())));
    }

    /** Drops what has been kept long enough; done when all is. */
    public void drop(Instant now) {
        ledger.write(handle ->
                        handle.execute("DELETE FROM promise_log WHERE until > 0 AND until < ?", now.toEpochMilli()))
                .join();
    }

    private static void await(CompletableFuture<?> written) throws IOException {
        try {
            written.join();
        } catch (CompletionException e) {
            throw new IOException("the ledger did not take it: " + e.getCause(), e.getCause());
        }
    }

    /** Compressed bytes on their way into the ledger. */
    private final class Parts extends OutputStream {
        private final String promise;
        private final ByteArrayOutputStream part = new ByteArrayOutputStream();
        private int written;

        private Parts(String promise) {
            this.promise = promise;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            part.write(bytes, from, length);
            if (part.size() >= PART_BYTES) {
                writePart();
            }
        }

        private void writePart() throws IOException {
            byte[] content = part.toByteArray();
            int number = written++;
            part.reset();
            await(ledger.write(handle -> handle.execute(
                    "INSERT INTO promise_log (promise, part, until, content) VALUES (?, ?, 0, ?)",
                    promise,
                    number,
                    content)));
        }

        @Override
        public void close() throws IOException {
            if (part.size() > 0) {
                writePart();
            }
        }
    }
}
