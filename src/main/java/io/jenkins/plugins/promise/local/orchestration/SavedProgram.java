package io.jenkins.plugins.promise.local.orchestration;

import io.jenkins.plugins.promise.ledger.QuietLog;
import io.jenkins.plugins.promise.ledger.database.DurableFiles;
import io.jenkins.plugins.promise.local.home.LocalSealer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The state of one orchestration on disk. It is sealed as a whole, for a script may keep a secret anywhere in it. */
final class SavedProgram {
    private static final Logger LOGGER = Logger.getLogger(SavedProgram.class.getName());

    private final Path file;
    private final LocalSealer sealer;
    private final QuietLog troubles;

    SavedProgram(Path file, LocalSealer sealer, QuietLog troubles) {
        this.file = file;
        this.sealer = sealer;
        this.troubles = troubles;
    }

    /** Writes it; whether the disk took it. */
    boolean write(byte[] state) {
        try {
            DurableFiles.write(file, sealer.seal(state));
            return true;
        } catch (IOException e) {
            troubles.log("orchestrations wait, for their state cannot be written to disk; it is tried again", e);
            return false;
        }
    }

    /**
     * Reads it.
     *
     * @return nothing if there is none
     * @throws IOException if it cannot be read or was sealed with another key
     */
    Optional<byte[]> read() throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(sealer.open(Files.readAllBytes(file)));
        } catch (IllegalStateException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Removes it. */
    void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "a saved state cannot be deleted", e);
        }
    }
}
