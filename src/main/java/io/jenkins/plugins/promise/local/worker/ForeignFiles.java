package io.jenkins.plugins.promise.local.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/**
 * Measures and deletes what strangers' programs have left: links are deleted, not followed; folders that their owner may
 * not write to, folders that lie deeper than a path can be long, and such as somebody still writes into are deleted too.
 * The machine's own {@code du}, {@code chmod} and {@code rm} can all that.
 */
final class ForeignFiles {
    private static final int ATTEMPTS = 3;
    private static final int BLOCK = 1024;

    /**
     * How much of the disk a folder takes, in bytes.
     *
     * @throws IOException if it cannot be measured
     */
    long bytes(Path folder) throws IOException {
        String told = run(List.of("du", "-sk", "--", folder.toString()));
        String number = told.split("\\s", 2)[0];
        if (!number.matches("[0-9]{1,15}")) {
            throw new FileSystemException(folder.toString(), null, "cannot be measured");
        }
        return BLOCK * Long.parseLong(number);
    }

    /**
     * Deletes a folder, or what else has that name.
     *
     * @throws IOException if something is left of it
     */
    void delete(Path folder) throws IOException {
        if (deletedFlat(folder)) {
            return;
        }
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            run(List.of("rm", "-rf", "--", folder.toString()));
            if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
                return;
            }
            run(List.of("chmod", "-R", "u+rwx", "--", folder.toString()));
        }
        throw new FileSystemException(folder.toString(), null, "cannot be deleted whole");
    }

    /** Most workspaces hold some files and no folder: no process is started for them. */
    private static boolean deletedFlat(Path folder) {
        try {
            if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
                    for (Path one : all) {
                        if (Files.isDirectory(one, LinkOption.NOFOLLOW_LINKS)) {
                            return false;
                        }
                        Files.deleteIfExists(one);
                    }
                }
            }
            Files.deleteIfExists(folder);
            return true;
        } catch (IOException | DirectoryIteratorException e) {
            return false;
        }
    }

    private static String run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            process.waitFor();
            return told;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("stopped while waiting for " + command.get(0), e);
        } finally {
            process.destroyForcibly();
        }
    }
}
