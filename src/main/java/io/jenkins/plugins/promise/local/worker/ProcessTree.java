package io.jenkins.plugins.promise.local.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * Finds and ends all processes of a run: those that descend from its script, and on Linux also those that left the tree,
 * by the cookie in their environment, as Jenkins does it.
 */
public final class ProcessTree {
    /** The environment variable that marks a run's processes. */
    static final String COOKIE = "PROMISE_COOKIE";

    private static final Logger LOGGER = Logger.getLogger(ProcessTree.class.getName());
    private static final Path PROC = Path.of("/proc");
    private static final int ROUNDS = 5;
    private static final int GRACE_MILLIS = 2_000;
    private static final int LOOK_MILLIS = 10;

    private ProcessTree() {}

    /** Ends a process, its descendants, and all processes whose cookie begins like that: kindly, then by force. */
    public static void kill(ProcessHandle root, String cookie) {
        for (int round = 0; round < ROUNDS; round++) {
            List<ProcessHandle> alive = alive(root, cookie);
            if (alive.isEmpty()) {
                return;
            }
            boolean kindly = round == 0;
            alive.forEach(p -> {
                if (kindly) {
                    p.destroy();
                } else {
                    p.destroyForcibly();
                }
            });
            await(alive);
        }
        LOGGER.log(Level.WARNING, "processes of {0} could not be ended: {1}", new Object[] {
            cookie, alive(root, cookie).stream().map(ProcessHandle::pid).toList()
        });
    }

    /** Looks often: for a process that is not its child, the JVM itself looks only a few times a second. */
    private static void await(List<ProcessHandle> processes) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(GRACE_MILLIS);
        try {
            while (System.nanoTime() < end && processes.stream().anyMatch(ProcessTree::runs)) {
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether it runs; one that has ended and waits for its parent to take note of it does not. */
    private static boolean runs(ProcessHandle process) {
        if (!process.isAlive()) {
            return false;
        }
        try {
            String stat =
                    Files.readString(PROC.resolve(Long.toString(process.pid())).resolve("stat"));
            return !stat.startsWith("Z", stat.lastIndexOf(')') + 2);
        } catch (IOException e) {
            return process.isAlive();
        }
    }

    private static List<ProcessHandle> alive(ProcessHandle root, String cookie) {
        Set<ProcessHandle> found = new HashSet<>();
        if (root != null) {
            found.add(root);
            root.descendants().forEach(found::add);
        }
        found.addAll(marked(cookie));
        found.remove(ProcessHandle.current());
        return new ArrayList<>(found.stream().filter(ProcessTree::runs).toList());
    }

    private static List<ProcessHandle> marked(String cookie) {
        if (!Files.isDirectory(PROC)) {
            return List.of();
        }
        String mark = COOKIE + "=" + cookie;
        List<ProcessHandle> found = new ArrayList<>();
        try (Stream<Path> all = Files.list(PROC)) {
            all.filter(p -> p.getFileName().toString().chars().allMatch(Character::isDigit))
                    .filter(p -> hasVariable(p.resolve("environ"), mark))
                    .flatMap(
                            p -> ProcessHandle.of(Long.parseLong(p.getFileName().toString())).stream())
                    .forEach(found::add);
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "no process list", e);
        }
        return found;
    }

    private static boolean hasVariable(Path environ, String mark) {
        try {
            String variables = new String(Files.readAllBytes(environ), StandardCharsets.ISO_8859_1);
            return variables.startsWith(mark) || variables.contains("\0" + mark);
        } catch (IOException e) {
            // Another user's process, or one that has just ended.
            return false;
        }
    }
}
