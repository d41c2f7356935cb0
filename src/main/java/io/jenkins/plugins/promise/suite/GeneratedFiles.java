package io.jenkins.plugins.promise.suite;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Writes generated files into a folder, where {@code generated.txt} lists what it wrote: the next time it takes away what
 * is not made any more, and it never touches a file that it did not write. What was interrupted is whole after the next.
 */
public final class GeneratedFiles {
    private static final String LIST = "generated.txt";

    private final Path folder;
    private final String command;

    /**
     * Output into a folder.
     *
     * @param folder may not be there yet
     * @param command what writes it, for people who find the files
     */
    public GeneratedFiles(Path folder, String command) {
        this.folder = folder;
        this.command = command;
    }

    /**
     * Writes the files.
     *
     * @param files by path
     * @return how many files were written, changed or taken away
     * @throws FileSystemException naming a file that is in the way; nothing was written then
     */
    public int write(SortedMap<String, byte[]> files) throws IOException {
        TreeSet<String> before = listed();
        if (Files.isDirectory(folder) && before.isEmpty() && !empty()) {
            throw new FileSystemException(
                    folder.toString(),
                    null,
                    "is not empty, and was not written by " + command + "; nothing was written");
        }
        for (String path : files.keySet()) {
            if (!before.contains(path) && Files.exists(folder.resolve(path), LinkOption.NOFOLLOW_LINKS)) {
                throw new FileSystemException(
                        folder.resolve(path).toString(),
                        null,
                        "was not written by " + command + "; nothing was written");
            }
        }
        TreeSet<String> both = new TreeSet<>(before);
        both.addAll(files.keySet());
        put(LIST, list(both));
        int changed = 0;
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            changed += put(file.getKey(), file.getValue());
        }
        for (String path : before) {
            if (!files.containsKey(path) && Files.deleteIfExists(folder.resolve(path))) {
                changed++;
                deleteEmpty(folder.resolve(path).getParent());
            }
        }
        put(LIST, list(new TreeSet<>(files.keySet())));
        return changed;
    }

    private boolean empty() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    private TreeSet<String> listed() throws IOException {
        TreeSet<String> paths = new TreeSet<>();
        if (Files.isRegularFile(folder.resolve(LIST))) {
            for (String line : Files.readAllLines(folder.resolve(LIST))) {
                Path file = folder.resolve(line).normalize();
                if (!line.isBlank() && !line.startsWith("#") && file.startsWith(folder.normalize())) {
                    paths.add(line);
                }
            }
        }
        return paths;
    }

    private byte[] list(TreeSet<String> paths) {
        return ("# Written by " + command + ", which takes away what is not made any more.\n" + String.join("\n", paths)
                        + "\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Writes a file, if it is another; one that is cut short by a full disk or a kill is another one the next time. */
    private int put(String path, byte[] bytes) throws IOException {
        Path file = folder.resolve(path);
        if (Files.isRegularFile(file) && Arrays.equals(Files.readAllBytes(file), bytes)) {
            return 0;
        }
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
        return 1;
    }

    private void deleteEmpty(Path emptied) throws IOException {
        Path at = emptied;
        while (!at.equals(folder)) {
            try (Stream<Path> left = Files.list(at)) {
                if (left.findAny().isPresent()) {
                    return;
                }
            }
            Files.delete(at);
            at = at.getParent();
        }
    }
}
