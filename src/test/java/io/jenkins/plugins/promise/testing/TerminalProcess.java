package io.jenkins.plugins.promise.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The command line in a terminal of its own, with what a person sees there in the end. */
public final class TerminalProcess implements AutoCloseable {
    private static final Path SCRIPT = Path.of("/usr/bin/script");
    private static final char CTRL_C = 3;
    private static final String ERASE = "\u001b[K";

    private final Process process;
    private final StringBuilder written = new StringBuilder();
    private final Thread reader;

    /** Starts {@code promise} with these arguments in that folder. */
    public TerminalProcess(Path folder, Map<String, String> environment, List<String> arguments) throws IOException {
        String command = arguments.stream().map(a -> "'" + a + "'").collect(Collectors.joining(" "));
        // A test run in the background hands on that Ctrl-C is ignored. A terminal that nobody looks at is 0 wide.
        ProcessBuilder builder = new ProcessBuilder(
                        SCRIPT.toString(),
                        "-qec",
                        "exec env --default-signal=INT " + CommandProcess.shellCommand() + " " + command,
                        "/dev/null")
                .directory(folder.toFile())
                .redirectErrorStream(true);
        builder.environment().putAll(environment);
        builder.environment().merge("JAVA_TOOL_OPTIONS", "-Dpromise.terminal=true", (a, b) -> a + " " + b);
        process = builder.start();
        reader = new Thread(() -> read(process.getInputStream()), "terminal");
        reader.setDaemon(true);
        reader.start();
    }

    /** Whether there is what makes a terminal. */
    public static boolean available() {
        return Files.isExecutable(SCRIPT);
    }

    private void read(InputStream in) {
        try (Reader characters = new InputStreamReader(in, StandardCharsets.UTF_8)) {
            char[] some = new char[4096];
            for (int n = characters.read(some); n >= 0; n = characters.read(some)) {
                synchronized (written) {
                    written.append(some, 0, n);
                }
            }
        } catch (IOException e) {
            synchronized (written) {
                written.append(e);
            }
        }
    }

    /** All that was written, as it was written. */
    public String written() {
        synchronized (written) {
            return written.toString();
        }
    }

    /** Presses Ctrl-C. */
    public void pressCtrlC() throws IOException {
        process.getOutputStream().write(CTRL_C);
        process.getOutputStream().flush();
    }

    /** Waits for the end, and tells the exit code. */
    public int await(Duration patience) throws InterruptedException {
        if (!process.waitFor(patience.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("it goes on: " + written());
        }
        reader.join();
        return process.exitValue();
    }

    /** The lines that a person sees. */
    public List<String> screen() {
        List<StringBuilder> lines = new ArrayList<>(List.of(new StringBuilder()));
        int column = 0;
        String text = written();
        for (int at = 0; at < text.length(); at++) {
            StringBuilder line = lines.get(lines.size() - 1);
            char c = text.charAt(at);
            if (c == '\n') {
                lines.add(new StringBuilder());
            } else if (c == '\r') {
                column = 0;
            } else if (text.startsWith(ERASE, at)) {
                line.setLength(Math.min(column, line.length()));
                at += ERASE.length() - 1;
            } else {
                if (column < line.length()) {
                    line.setCharAt(column, c);
                } else {
                    line.append(c);
                }
                column++;
            }
        }
        return lines.stream().map(StringBuilder::toString).toList();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
