package io.jenkins.plugins.promise.local.worker;

import io.jenkins.plugins.promise.report.Masker;
import io.jenkins.plugins.promise.report.ReportLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The log of one run: a file from which secrets are masked, bounded in size, and its last lines. */
public final class RunLog implements AutoCloseable {
    private static final int MAX_CHARS = 20_000_000;
    private static final int TAIL_LINES = 20;
    private static final int MAX_LINE = 65_536;
    private static final int MAX_TAIL_LINE = 1_000;

    private final Writer file;
    private final Masker masker;
    private final Deque<String> tail = new ArrayDeque<>();
    private long lines;
    private long chars;

    /**
     * A log that goes on where the file ends; a link in its place is not followed.
     *
     * @throws IOException if the file cannot be opened
     */
    public RunLog(Path path, Masker masker) throws IOException {
        Files.createDirectories(path.getParent());
        this.file = Files.newBufferedWriter(
                path,
                StandardCharsets.UTF_8,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND,
                LinkOption.NOFOLLOW_LINKS);
        this.masker = masker;
    }

    /** Adds text, which may have several lines. */
    public synchronized void print(String text) {
        for (String line : masker.mask(text).split("\n", -1)) {
            add(line);
        }
        flush();
    }

    /** Adds all that a process prints; returns at its end. Secrets are masked however they arrive. */
    public void copy(InputStream output) throws IOException {
        try (OutputStream masked = masker.over(new Lines(), StandardCharsets.UTF_8)) {
            byte[] buffer = new byte[8_192];
            for (int read = output.read(buffer); read >= 0; read = output.read(buffer)) {
                masked.write(buffer, 0, read);
                flush();
            }
        }
    }

    /** Adds each line as it ends. */
    private final class Lines extends OutputStream {
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();
        private boolean cut;

        @Override
        public void write(int b) {
            if (b == '\n') {
                end();
            } else if (line.size() < MAX_LINE) {
                line.write(b);
            } else {
                cut = true;
            }
        }

        private void end() {
            synchronized (RunLog.this) {
                add(line.toString(StandardCharsets.UTF_8) + (cut ? "…" : ""));
            }
            line.reset();
            cut = false;
        }

        @Override
        public void close() {
            if (line.size() > 0) {
                end();
            }
            RunLog.this.flush();
        }
    }

    private void add(String line) {
        lines++;
        tail.addLast(shortened(line));
        if (tail.size() > TAIL_LINES) {
            tail.removeFirst();
        }
        boolean full = chars >= MAX_CHARS;
        chars += line.length() + 1L;
        try {
            if (!full) {
                file.write(
                        chars >= MAX_CHARS ? "… the log is cut here, at " + MAX_CHARS + " characters\n" : line + "\n");
            }
        } catch (IOException e) {
            // A full disk must not stop the run: its report still counts. What is missing shows as truncated.
            chars = MAX_CHARS;
        }
    }

    private synchronized void flush() {
        try {
            file.flush();
        } catch (IOException e) {
            chars = MAX_CHARS;
        }
    }

    /** The end of the log. */
    public synchronized ReportLog tail(String url) {
        return new ReportLog(url, new ArrayList<>(tail), lines > tail.size());
    }

    /** The end of a log that others may be writing; nothing if there is none. */
    public static Optional<ReportLog> end(Path path, String url) {
        try (SeekableByteChannel file =
                Files.newByteChannel(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            long from = Math.max(0, file.size() - MAX_LINE);
            ByteBuffer bytes = ByteBuffer.allocate(MAX_LINE);
            file.position(from);
            while (bytes.hasRemaining() && file.read(bytes) >= 0) {
                // until it is full, or the file ends
            }
            List<String> lines = new ArrayList<>(StandardCharsets.UTF_8
                    .decode(bytes.flip())
                    .toString()
                    .lines()
                    .toList());
            boolean cut = from > 0 || lines.size() > TAIL_LINES;
            List<String> last = lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size());
            return Optional.of(
                    new ReportLog(url, last.stream().map(RunLog::shortened).toList(), cut));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String shortened(String line) {
        return line.length() > MAX_TAIL_LINE ? line.substring(0, MAX_TAIL_LINE) + "…" : line;
    }

    @Override
    public synchronized void close() {
        try {
            file.close();
        } catch (IOException e) {
            chars = MAX_CHARS;
        }
    }
}
