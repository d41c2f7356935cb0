package io.jenkins.plugins.promise.jenkins;

import io.jenkins.plugins.promise.ledger.database.DurableFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.logging.Level;
import java.util.logging.Logger;

/** When a controller began to go down, written down for the next one: what ended since was ended by that. */
final class ShutdownNote {
    private static final Logger LOGGER = Logger.getLogger(ShutdownNote.class.getName());
    private static final String FILE = "went-down";

    private final Path file;

    ShutdownNote(Path home) {
        this.file = home.resolve(FILE);
    }

    /** When the controller before this one began to go down; null if it was killed. */
    Instant written() throws IOException {
        try {
            return Files.exists(file) ? Instant.parse(Files.readString(file).trim()) : null;
        } catch (DateTimeParseException e) {
            LOGGER.log(Level.WARNING, "it is not known when the controller went down", e);
            return null;
        }
    }

    void write(Instant now) throws IOException {
        DurableFiles.write(file, now.toString().getBytes(StandardCharsets.UTF_8));
    }

    void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "a note of the last shutdown stays", e);
        }
    }
}
