package io.jenkins.plugins.promise.ledger;

import io.jenkins.plugins.promise.ledger.database.DurableFiles;
import io.jenkins.plugins.promise.ledger.database.LedgerLocation;
import io.jenkins.plugins.promise.ledger.database.LedgerReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jdbi.v3.core.JdbiException;

/**
 * Copies ledgers, also while a controller uses them: as a file of SQLite, or as lines of JSON, one a row, which both
 * engines read. A copy holds no keys: what is sealed in it can be opened only with those of the home that it is of.
 */
public final class LedgerCopy {
    private LedgerCopy() {}

    /**
     * Makes a copy as one file of SQLite.
     *
     * @param file must not be there
     * @throws IOException if it cannot be written; nothing is left of it then
     */
    public static void backup(LedgerLocation location, Path file) throws IOException {
        refuseExisting(file);
        Path unfinished = file.resolveSibling(file.getFileName() + DurableFiles.UNFINISHED);
        Files.deleteIfExists(unfinished);
        try {
            if (location instanceof LedgerLocation.Embedded) {
                vacuum(location, unfinished);
            } else {
                throughLines(location, unfinished);
            }
            try (FileChannel written = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
                written.force(true);
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            DurableFiles.forceFolder(folder(file));
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private static Path folder(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IOException(file + " is a folder, and the copy is a file");
        }
        return folder;
    }

    private static void vacuum(LedgerLocation location, Path file) throws IOException {
        try (LedgerReader reader = LedgerReader.open(location)) {
            reader.database().useHandle(h -> h.execute("VACUUM INTO ?", file.toString()));
        } catch (JdbiException e) {
            throw new IOException("the copy cannot be made: " + e.getMessage(), e);
        }
    }

    private static void throughLines(LedgerLocation location, Path file) throws IOException {
        Path folder = Files.createTempDirectory(folder(file), "ledger-copy");
        try {
            Path lines = folder.resolve("lines");
            try (Writer writer = Files.newBufferedWriter(lines)) {
                LedgerLines.export(location, writer);
            }
            LedgerLocation made = new LedgerLocation.Embedded(folder.resolve("made"));
            try (BufferedReader reader = Files.newBufferedReader(lines)) {
                LedgerLines.read(made, reader);
            }
            vacuum(made, file);
        } finally {
            DurableFiles.delete(folder);
        }
    }

    /**
     * Fills an empty ledger from a copy.
     *
     * @throws IOException if the ledger is not empty, or the copy is damaged; nothing has changed then
     */
    public static void restore(Path file, LedgerLocation location) throws IOException {
        Path folder = Files.createTempDirectory(folder(file), "ledger-copy");
        try {
            Path lines = folder.resolve("lines");
            try (LedgerReader reader = LedgerReader.file(file);
                    Writer writer = Files.newBufferedWriter(lines)) {
                LedgerLines.export(reader, writer);
            }
            try (BufferedReader reader = Files.newBufferedReader(lines)) {
                LedgerLines.read(location, reader);
            }
        } finally {
            DurableFiles.delete(folder);
        }
    }

    /**
     * Writes a ledger as lines of JSON into a file.
     *
     * @param file must not be there
     * @throws IOException if it cannot be written; nothing is left of it then
     */
    public static void export(LedgerLocation location, Path file) throws IOException {
        refuseExisting(file);
        try (Writer out = Files.newBufferedWriter(file, StandardOpenOption.CREATE_NEW)) {
            LedgerLines.export(location, out);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    private static void refuseExisting(Path file) throws IOException {
        if (Files.exists(file)) {
            throw new IOException(file + " is there already, and was left as it is");
        }
    }
}
