package io.jenkins.plugins.promise.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The command line in a process of its own, as a person has it. */
public final class CommandProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String READY = "Listening on ";
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private final Process process;
    private final Output out;
    private final Output err;

    private CommandProcess(Process process) {
        this.process = process;
        this.out = new Output(process.getInputStream());
        this.err = new Output(process.getErrorStream());
    }

    /**
     * Starts {@code promise} with these arguments in that folder: the packaged one, if the build says where it is, with its
     * classes mapped into memory, which saves a third of a start; else the classes that the test runs with.
     */
    public static CommandProcess start(Path folder, Map<String, String> environment, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>(promise());
        command.addAll(arguments);
        return startCommand(folder, environment, command);
    }

    /** The same for a shell, without arguments. */
    public static String shellCommand() {
        return promise().stream().map(part -> "'" + part + "'").collect(Collectors.joining(" "));
    }

    private static List<String> promise() {
        List<String> command = new ArrayList<>(List.of(
                JAVA,
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dpromise.root=" + Path.of("").toAbsolutePath()));
        String jar = System.getProperty("promise.jar");
        if (jar == null) {
            command.addAll(List.of(
                    "-cp", System.getProperty("java.class.path"), "io.jenkins.plugins.promise.cli.PromiseCommand"));
        } else {
            command.addAll(List.of(
                    "-XX:SharedArchiveFile=" + jar.replaceFirst("jar$", "jsa"),
                    "-Xlog:cds=off",
                    "-Xlog:cds+dynamic=off",
                    "-jar",
                    jar));
        }
        return command;
    }

    /** Starts a class of the class path as a process of its own. */
    public static CommandProcess start(
            Path folder, Map<String, String> environment, List<String> options, String main, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(JAVA);
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
        command.addAll(arguments);
        return startCommand(folder, environment, command);
    }

    /** Starts {@code promise} by its launcher, as people do; the jar must have been built. */
    public static CommandProcess launch(Path folder, Map<String, String> environment, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of("promise").toAbsolutePath().toString());
        command.addAll(arguments);
        return startCommand(folder, environment, command);
    }

    private static CommandProcess startCommand(Path folder, Map<String, String> environment, List<String> command)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().putAll(environment);
        return new CommandProcess(builder.start());
    }

    /** Runs {@code promise} with these arguments to its end. */
    public static CommandProcess run(Path folder, String... arguments) throws IOException, InterruptedException {
        CommandProcess command = start(folder, Map.of(), List.of(arguments));
        command.await();
        return command;
    }

    /** Waits until a {@code serve} is ready, and tells its URL. */
    public String url() throws Exception {
        Eventually.until("it listens; " + err.text(), PATIENCE, () -> out.text().contains(READY) || !process.isAlive());
        if (!out.text().contains(READY)) {
            throw new AssertionError("it ended with " + process.waitFor() + ": " + err.text());
        }
        return out.text().lines().findFirst().orElseThrow().substring(READY.length());
    }

    /** As {@code kill -9} does it. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        await();
    }

    /**
     * As Ctrl-C and an init system do it. The JVM treats both signals alike, but SIGINT is ignored in all that a shell
     * has started in the background, a test run too.
     */
    public void interrupt() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-TERM", Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    /** Stops it in the middle of what it does; it notices nothing of it. */
    public void pause() throws IOException, InterruptedException {
        signal("-STOP");
    }

    /** Lets it go on. */
    public void resume() throws IOException, InterruptedException {
        signal("-CONT");
    }

    private void signal(String signal) throws IOException, InterruptedException {
        new ProcessBuilder("kill", signal, Long.toString(process.pid())).start().waitFor();
    }

    /** Waits for the end, and tells the exit code. */
    public int await() throws InterruptedException {
        return await(PATIENCE);
    }

    /** Waits that long for the end, and tells the exit code. */
    public int await(Duration patience) throws InterruptedException {
        if (!process.waitFor(patience.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("it goes on: " + out.text() + err.text());
        }
        out.join();
        err.join();
        return process.exitValue();
    }

    public long pid() {
        return process.pid();
    }

    public String out() {
        return out.text();
    }

    public String err() {
        return err.text();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static final class Output {
        private final StringBuilder text = new StringBuilder();
        private final Thread reader;

        Output(InputStream in) {
            reader = new Thread(() -> read(in), "output");
            reader.setDaemon(true);
            reader.start();
        }

        private void read(InputStream in) {
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    append(line + "\n");
                }
            } catch (IOException e) {
                append(e.toString());
            }
        }

        private synchronized void append(String more) {
            text.append(more);
        }

        synchronized String text() {
            return text.toString();
        }

        void join() throws InterruptedException {
            reader.join();
        }
    }
}
