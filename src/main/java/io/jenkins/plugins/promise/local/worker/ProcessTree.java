package io.jenkins.plugins.promise.local.worker;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Finds and ends all processes of a run: those that descend from its script, and on Linux also those that left the tree,
 * by their {@link RunMark}. Where there is no {@code /proc}, as on macOS, what left the tree before its script ended is
 * not found.
 */
public final class ProcessTree {
    private static final Logger LOGGER = Logger.getLogger(ProcessTree.class.getName());
    private static final Path PROC = Path.of("/proc");
    private static final int GRACE_MILLIS = 2_000;
    private static final int LIMIT_MILLIS = 10_000;
    private static final int LOOK_MILLIS = 10;

    private ProcessTree() {}

    /**
     * Ends a process, its descendants, and all processes with that mark: kindly, then by force. Looks twice before it
     * believes that there are none, for a process may start another and end while it looks.
     *
     * @param root null if it has ended
     */
    public static void kill(ProcessHandle root, RunMark mark) {
        boolean asked = false;
        boolean none = false;
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LIMIT_MILLIS);
        while (System.nanoTime() < end) {
            Set<ProcessHandle> alive = alive(root, mark);
            if (alive.isEmpty()) {
                if (none) {
                    return;
                }
                none = true;
                continue;
            }
            none = false;
            boolean kindly = !asked;
            asked = true;
            alive.forEach(p -> {
                if (kindly) {
                    p.destroy();
                } else {
                    p.destroyForcibly();
                }
            });
            await(alive);
        }
        List<Long> left = alive(root, mark).stream().map(ProcessHandle::pid).toList();
        LOGGER.log(Level.WARNING, "processes of {0} could not be ended: {1}", new Object[] {mark, left});
    }

    /** Looks often: for a process that is not its child, the JVM itself looks only a few times a second. */
    private static void await(Set<ProcessHandle> processes) {
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

    private static Set<ProcessHandle> alive(ProcessHandle root, RunMark mark) {
        Set<ProcessHandle> found = new HashSet<>();
        if (root != null) {
            found.add(root);
            root.descendants().forEach(found::add);
        }
        addMarked(found, mark);
        found.remove(ProcessHandle.current());
        found.removeIf(p -> !runs(p));
        return found;
    }

    private static void addMarked(Set<ProcessHandle> found, RunMark mark) {
        if (!Files.isDirectory(PROC)) {
            return;
        }
        try (DirectoryStream<Path> all = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : all) {
                if (mark.isOn(process)) {
                    ProcessHandle.of(Long.parseLong(process.getFileName().toString()))
                            .ifPresent(found::add);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            LOGGER.log(Level.WARNING, "the processes of this machine cannot be listed: " + e.getMessage(), e);
        }
    }
}
