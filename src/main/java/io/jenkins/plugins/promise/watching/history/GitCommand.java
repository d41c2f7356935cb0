package io.jenkins.plugins.promise.watching.history;

import io.jenkins.plugins.promise.ledger.database.DurableFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The machine's own git, which has the machine's credentials, and asks nobody for others. */
final class GitCommand {
    private static final int SHOWN = 300;
    private static final List<String> ALWAYS = List.of(
            "-c",
            "gc.autoDetach=false",
            // No program of the machine's takes part in what is only fetched and read.
            "-c",
            "core.hooksPath=/dev/null",
            // A transfer that stands still ends, however much it has brought.
            "-c",
            "http.lowSpeedLimit=1000",
            "-c",
            "http.lowSpeedTime=60");

    private final String program;
    private final Map<String, String> environment;
    private final String repository;
    private final List<String> always;

    /**
     * Git about a repository.
     *
     * @param repository what is fetched, for what is told of a failure
     */
    GitCommand(String repository) {
        this("git", System.getenv(), repository);
    }

    /** That program, with these variables of the controller. */
    GitCommand(String program, Map<String, String> environment, String repository) {
        this(program, environment, repository, ALWAYS);
    }

    private GitCommand(String program, Map<String, String> environment, String repository, List<String> always) {
        this.program = program;
        this.environment = Map.copyOf(environment);
        this.repository = repository;
        this.always = always;
    }

    /** The same, which no server sends to another one. */
    GitCommand withoutRedirects() {
        List<String> stricter = new ArrayList<>(ALWAYS);
        stricter.addAll(List.of("-c", "http.followRedirects=false"));
        return new GitCommand(program, environment, repository, stricter);
    }

    /**
     * What git said.
     *
     * @param code how it ended
     * @param out what it answered
     * @param complaint what it warned of, or why it failed
     */
    record Ended(int code, String out, String complaint) {}

    /** It was ended because it took too long; what it works on need not be wrong. */
    static final class TooLong extends IOException {
        private static final long serialVersionUID = 1;

        TooLong(String message) {
            super(message);
        }
    }

    /**
     * What git says.
     *
     * @param limit how long it may take
     * @throws IOException if it fails, with the end of what it complains of
     */
    String told(Duration limit, List<String> arguments) throws IOException, InterruptedException {
        Ended ended = run(limit, arguments);
        if (ended.code() != 0) {
            throw failed(arguments, ended);
        }
        return ended.out();
    }

    /**
     * What git says where it agrees: it ends with 0, not with 1.
     *
     * @return nothing if it does not agree
     * @throws IOException if it fails otherwise
     */
    Optional<String> answer(Duration limit, List<String> arguments) throws IOException, InterruptedException {
        Ended ended = run(limit, arguments);
        if (ended.code() > 1) {
            throw failed(arguments, ended);
        }
        return ended.code() == 0 ? Optional.of(ended.out()) : Optional.empty();
    }

    private IOException failed(List<String> arguments, Ended ended) {
        return new IOException("git " + verb(arguments) + " of " + repository + " failed: " + end(ended.complaint()));
    }

    /** Without passwords, before it is cut: the beginning of a URL may be what is left out; and without what a terminal does. */
    private static String end(String complaint) {
        String plain = complaint
                .strip()
                .replaceAll("://[^/\\s]*@", "://…@")
                .replaceAll("\\s+", " ")
                .replaceAll("[\\p{Cc}\\p{Cf}]", "?");
        return plain.substring(Math.max(0, plain.length() - SHOWN));
    }

    private static String verb(List<String> arguments) {
        int at = 0;
        while (arguments.get(at).startsWith("-")) {
            at += 2;
        }
        return arguments.get(at);
    }

    /** Names of files are in whatever letters their authors had. */
    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    /** Runs it, however it ends. */
    Ended run(Duration limit, List<String> arguments) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder();
        Map<String, String> inherited = builder.environment();
        inherited.clear();
        inherited.putAll(environment);
        GitEnvironment.clean(inherited);
        if (remote(arguments) && ssh() && !GitEnvironment.hasSsh(inherited) && !configuredSsh(builder)) {
            GitEnvironment.silentSsh(inherited);
        }
        return run(builder, limit, arguments);
    }

    private static boolean remote(List<String> arguments) {
        return List.of("ls-remote", "fetch").contains(verb(arguments));
    }

    private boolean ssh() {
        return !repository.startsWith("/") && !repository.matches("(?i)(https?|file|git)://.*");
    }

    private boolean configuredSsh(ProcessBuilder builder) throws IOException, InterruptedException {
        return run(builder, GitLimits.DEFAULT.answer(), List.of("config", "--get", "core.sshCommand"))
                        .code()
                == 0;
    }

    private Ended run(ProcessBuilder builder, Duration limit, List<String> arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(always);
        command.addAll(arguments);
        Path told = Files.createTempDirectory("promise-git").toRealPath();
        Path out = told.resolve("out");
        // What git warns of is no answer: it would make a branch of nothing.
        Path warned = told.resolve("err");
        // Not in the controller's folder: that may be in a work tree, whose configuration is none of the machine's.
        builder.directory(told.toFile());
        builder.environment().put("GIT_CEILING_DIRECTORIES", told.getParent().toString());
        try {
            Process process = started(
                    builder.command(command).redirectError(warned.toFile()).redirectOutput(out.toFile()));
            try {
                process.getOutputStream().close();
                if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new TooLong("git " + verb(arguments) + " of " + repository + " does not end within "
                            + limit.toSeconds() + " s");
                }
            } finally {
                // Also where the controller stops while it is asked.
                end(process);
            }
            return new Ended(process.exitValue(), text(out), text(warned));
        } finally {
            DurableFiles.delete(told);
        }
    }

    private Process started(ProcessBuilder builder) throws IOException {
        try {
            return builder.start();
        } catch (IOException e) {
            throw new IOException(
                    "there is no " + program + " on the PATH of this controller that can be run; install git", e);
        }
    }

    /** With its children, which have the connection, and would go on to wait. */
    private static void end(Process process) {
        if (process.isAlive()) {
            List<ProcessHandle> all = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                    .toList();
            all.forEach(ProcessHandle::destroyForcibly);
        }
    }
}
