package io.jenkins.plugins.promise.testing;

import io.jenkins.plugins.promise.ledger.database.LedgerDatabase;
import io.jenkins.plugins.promise.ledger.database.LedgerLocation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** New embedded ledgers, copied from one: to make the schema anew takes a hundred times as long as to copy it. */
public final class EmbeddedLedger {
    private EmbeddedLedger() {}

    /** Puts an empty ledger into a folder, if there is none yet. */
    public static LedgerLocation in(Path folder) throws IOException {
        Path file = LedgerDatabase.file(folder);
        if (Files.notExists(file)) {
            Files.createDirectories(folder);
            Files.write(file, OfThisProcess.EMPTY);
        }
        return new LedgerLocation.Embedded(folder);
    }

    private static final class OfThisProcess {
        private static final byte[] EMPTY = empty();

        private static byte[] empty() {
            try {
                Path folder = Files.createTempDirectory("ledger");
                LedgerDatabase.open(new LedgerLocation.Embedded(folder)).close();
                Path file = LedgerDatabase.file(folder);
                byte[] empty = Files.readAllBytes(file);
                Files.delete(file);
                Files.delete(folder.resolve("lock"));
                Files.delete(folder);
                return empty;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
