package io.jenkins.plugins.promise.local.worker;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the processes of a run are known by, wherever they went. Two things are handed down from process to process: an
 * environment variable, as Jenkins does it, which {@code env -i} takes off; and on Linux a limit of the kernel that
 * limits nothing (how many microseconds of real-time scheduling without a pause), set to a number of the run's own, which
 * a new session, a new environment, another folder and closed files leave alone.
 *
 * @param home what all runs of a controller's home have in common
 * @param run the promise's id; empty for all runs of the home
 */
public record RunMark(String home, String run) {
    private static final String VARIABLE = "PROMISE_COOKIE";
    private static final Path PRLIMIT = Path.of("/usr/bin/prlimit");
    private static final Pattern LIMIT =
            Pattern.compile("^Max realtime timeout +([0-9]+|unlimited) +([0-9]+|unlimited)");
    private static final boolean LIMITED = limited();
    private static final int RUN_BITS = 34;
    private static final int HOME_BITS = 28;

    /** The mark of all runs of a controller that has that folder. */
    public static RunMark ofHome(Path folder) {
        return new RunMark(Integer.toHexString(folder.hashCode()), "");
    }

    /** The mark of one of them. */
    public RunMark of(String promiseId) {
        return new RunMark(home, promiseId);
    }

    /** A command before another one that is to outlive the run that this process belongs to. */
    public static List<String> outlive() {
        List<String> command = new ArrayList<>();
        if (System.getenv(VARIABLE) != null) {
            command.addAll(List.of("/usr/bin/env", "-u", VARIABLE));
            if (LIMITED) {
                command.addAll(List.of(PRLIMIT.toString(), "--rttime=unlimited:", "--"));
            }
        }
        return command;
    }

    /** The environment variable that a run is started with. */
    Map<String, String> variable() {
        return Map.of(VARIABLE, home + ":" + run);
    }

    /** A command that runs the command with this mark. */
    List<String> launcher() {
        return LIMITED ? List.of(PRLIMIT.toString(), "--rttime=" + number() + ":", "--") : List.of();
    }

    /** Whether the process of that folder of {@code /proc} belongs to the run. */
    boolean isOn(Path process) {
        return hasLimit(process) || hasVariable(process);
    }

    private boolean hasLimit(Path process) {
        OptionalLong limit = LIMITED ? limit(process) : OptionalLong.empty();
        if (limit.isEmpty()) {
            return false;
        }
        return run.isEmpty() ? limit.getAsLong() >>> RUN_BITS == number() >>> RUN_BITS : limit.getAsLong() == number();
    }

    /** Longer than a thousand years, so that nothing is limited by it. */
    private long number() {
        return 1L << (HOME_BITS + RUN_BITS) | bits(home, HOME_BITS) << RUN_BITS | bits(run, RUN_BITS);
    }

    private static long bits(String text, int count) {
        HashCode hash = Hashing.sha256().hashString(text, StandardCharsets.UTF_8);
        return hash.asLong() & ((1L << count) - 1);
    }

    private boolean hasVariable(Path process) {
        String mark = VARIABLE + "=" + home + ":" + run;
        try {
            String variables = new String(Files.readAllBytes(process.resolve("environ")), StandardCharsets.ISO_8859_1);
            return variables.startsWith(mark) || variables.contains("\0" + mark);
        } catch (IOException e) {
            // Another user's process, or one that has just ended.
            return false;
        }
    }

    private static OptionalLong limit(Path process) {
        try {
            for (String line : Files.readAllLines(process.resolve("limits"), StandardCharsets.ISO_8859_1)) {
                Matcher limit = LIMIT.matcher(line);
                if (limit.find() && !limit.group(1).equals("unlimited")) {
                    return OptionalLong.of(Long.parseUnsignedLong(limit.group(1)));
                }
            }
        } catch (IOException e) {
            // It has just ended.
            return OptionalLong.empty();
        }
        return OptionalLong.empty();
    }

    /** Whether this machine has what sets the limit, and lets this user set it. */
    private static boolean limited() {
        Path own = Path.of("/proc/self/limits");
        if (!Files.isExecutable(PRLIMIT) || !Files.isReadable(own)) {
            return false;
        }
        try {
            return Files.readAllLines(own, StandardCharsets.ISO_8859_1).stream()
                    .map(LIMIT::matcher)
                    .anyMatch(l -> l.find() && l.group(2).equals("unlimited"));
        } catch (IOException e) {
            return false;
        }
    }
}
