package io.jenkins.plugins.promise.cli;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import io.jenkins.plugins.promise.testing.CommandProcess;
import io.jenkins.plugins.promise.testing.Eventually;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Predicate;

/** A shell in a folder, in which {@code promise} is the command line that is tested. */
final class ConsoleSession implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** What the line with a command's exit code begins with. */
    static final String EXIT = "--exit-code--";

    private static final String END = "--end-of-command--";

    private final Process shell;
    private final Writer in;
    private final BufferedReader out;
    private final Path scratch;
    private int commands;

    /**
     * Opens one.
     *
     * @param port where {@code promise serve} listens unless it is told another
     */
    ConsoleSession(Path folder, int port) throws IOException {
        scratch = Files.createTempDirectory("promise-console");
        Path bin = Files.createDirectory(scratch.resolve("bin"));
        Path launcher = bin.resolve("promise");
        Files.writeString(
                launcher,
                "#!/usr/bin/env bash\n"
                        + "case \" $* \" in (' serve '*) case \" $* \" in (*' --port '*) ;; (*) set -- \"$@\" --port "
                        + port
                        + ";; esac;; esac\n"
                        + "exec " + CommandProcess.shellCommand() + " \"$@\"\n");
        launcher.toFile().setExecutable(true);
        Files.createSymbolicLink(folder.resolve("promise"), launcher);
        ProcessBuilder builder =
                new ProcessBuilder("bash", "--norc").directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().put("PATH", bin + ":" + System.getenv("PATH"));
        builder.environment().put("GIT_AUTHOR_NAME", "ann");
        builder.environment().put("GIT_AUTHOR_EMAIL", "ann@example.org");
        builder.environment().put("GIT_COMMITTER_NAME", "ann");
        builder.environment().put("GIT_COMMITTER_EMAIL", "ann@example.org");
        builder.environment().put("NO_COLOR", "1");
        shell = builder.start();
        in = new OutputStreamWriter(shell.getOutputStream(), StandardCharsets.UTF_8);
        out = new BufferedReader(new InputStreamReader(shell.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Runs a command to its end, and tells what it printed, on both outputs, and its exit code in a last line. */
    String run(String command) throws IOException {
        in.write("{ " + command + "\n} < /dev/null 2>&1; code=$?; echo; echo " + EXIT + "$code; echo " + END + "\n");
        in.flush();
        StringBuilder printed = new StringBuilder();
        for (String line = out.readLine(); !END.equals(line); line = out.readLine()) {
            if (line == null) {
                throw new IOException("the shell ended: " + printed);
            }
            printed.append(line).append('\n');
        }
        return printed.toString();
    }

    /**
     * Starts a command that ends with an ampersand, waits until it has printed what is expected, and tells what it had
     * printed then.
     */
    String runInBackground(String command, Predicate<String> expected) throws Exception {
        Path file = scratch.resolve("background-" + commands++);
        run(command.substring(0, command.lastIndexOf('&')) + " > " + file + " 2>&1 &");
        try {
            Eventually.until(command, PATIENCE, () -> Files.exists(file) && expected.test(Files.readString(file)));
        } catch (AssertionError e) {
            throw new AssertionError(command + " printed " + Files.readString(file), e);
        }
        return Files.readString(file);
    }

    @Override
    public void close() throws IOException {
        shell.descendants().forEach(ProcessHandle::destroyForcibly);
        shell.destroyForcibly().onExit().join();
        MoreFiles.deleteRecursively(scratch, RecursiveDeleteOption.ALLOW_INSECURE);
    }
}
