package io.jenkins.plugins.promise.cli.suite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Tells which files of a folder were saved. */
final class FolderWatch implements AutoCloseable {
    /** An editor may write a file in several steps; they count as one when they follow each other so closely. */
    private static final long SETTLE_MILLIS = 50;

    private final Path root;
    private final WatchService service;
    private final Map<WatchKey, Path> folders = new HashMap<>();

    FolderWatch(Path root) throws IOException {
        this.root = root;
        this.service = root.getFileSystem().newWatchService();
        watch(root);
    }

    private void watch(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> below = Files.walk(folder)) {
            all = below.filter(Files::isDirectory)
                    .filter(f -> !root.relativize(f).startsWith(".git"))
                    .toList();
        }
        for (Path one : all) {
            folders.put(
                    one.register(
                            service,
                            StandardWatchEventKinds.ENTRY_CREATE,
                            StandardWatchEventKinds.ENTRY_MODIFY,
                            StandardWatchEventKinds.ENTRY_DELETE),
                    one);
        }
    }

    /** Waits for the next change; the files, relative to the folder. */
    Set<Path> next() throws IOException, InterruptedException {
        Set<Path> changed = new TreeSet<>();
        WatchKey key = service.take();
        while (key != null) {
            Path folder = folders.get(key);
            for (WatchEvent<?> event : key.pollEvents()) {
                if (event.context() instanceof Path name) {
                    Path file = folder.resolve(name);
                    changed.add(root.relativize(file));
                    if (Files.isDirectory(file)) {
                        watch(file);
                    }
                }
            }
            key.reset();
            key = service.poll(SETTLE_MILLIS, TimeUnit.MILLISECONDS);
        }
        return changed;
    }

    @Override
    public void close() throws IOException {
        service.close();
    }
}
