package io.jenkins.plugins.promise.watching.history;

import io.jenkins.plugins.promise.ledger.database.DurableFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The machine's own git, which has the machine's credentials, and asks nobody for others. */
final class GitCommand {
    private static final long MOST_MINUTES = 10;
    private static final int SHOWN = 300;

    private final Path folder;
    private final String repository;

    /**
     * Git on a clone without a work tree.
     *
     * @param repository what it is a clone of, for what is told of a failure
     */
    GitCommand(Path folder, String repository) {
        this.folder = folder;
        this.repository = repository;
    }

    /** Makes the clone, with nothing in it. */
    void init() throws IOException, InterruptedException {
        Files.createDirectories(folder);
        var unused = told(List.of("init", "-q", "--bare", folder.toString()));
    }

    /**
     * What git says on the clone.
     *
     * @throws IOException if it fails, with the end of what it complains of
     */
    String told(String... arguments) throws IOException, InterruptedException {
        return told(onClone(arguments));
    }

    /**
     * What git says on the clone where it agrees: it ends with 0, not with 1.
     *
     * @return nothing if it does not agree
     * @throws IOException if it fails otherwise
     */
    Optional<String> answer(String... arguments) throws IOException, InterruptedException {
        Ended ended = run(onClone(arguments));
        if (ended.code() > 1) {
            throw failed(arguments[0], ended);
        }
        return ended.code() == 0 ? Optional.of(ended.out()) : Optional.empty();
    }

    private List<String> onClone(String... arguments) {
        List<String> all = new ArrayList<>(List.of("--git-dir", folder.toString()));
        all.addAll(List.of(arguments));
        return all;
    }

    private String told(List<String> arguments) throws IOException, InterruptedException {
        Ended ended = run(arguments);
        if (ended.code() != 0) {
            throw failed(arguments.get(arguments.get(0).equals("--git-dir") ? 2 : 0), ended);
        }
        return ended.out();
    }

    private IOException failed(String what, Ended ended) {
        String last = ended.complaint().strip();
        return new IOException(
                "git " + what + " of " + repository + " failed: " + last.substring(Math.max(0, last.length() - SHOWN)));
    }

    /** Names of files are in whatever letters their authors had. */
    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    private record Ended(int code, String out, String complaint) {}

    private Ended run(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git", "-c", "gc.auto=0"));
        command.addAll(arguments);
        Path told = Files.createTempDirectory("promise-git");
        Path out = told.resolve("out");
        // What git warns of is no answer: it would make a branch of nothing.
        Path warned = told.resolve("err");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectError(warned.toFile()).redirectOutput(out.toFile());
            builder.environment().put("GIT_TERMINAL_PROMPT", "0");
            Process process = builder.start();
            try {
                process.getOutputStream().close();
                if (!process.waitFor(MOST_MINUTES, TimeUnit.MINUTES)) {
                    throw new IOException("git does not end, asked for " + repository);
                }
            } finally {
                // Also where the controller stops while it is asked.
                process.destroyForcibly();
            }
            return new Ended(process.exitValue(), text(out), text(warned));
        } finally {
            DurableFiles.delete(told);
        }
    }
}
