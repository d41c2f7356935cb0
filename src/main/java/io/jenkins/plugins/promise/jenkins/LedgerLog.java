package io.jenkins.plugins.promise.jenkins;

import io.jenkins.plugins.promise.ledger.Ledger;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * What Jenkins' log has of the opening of the ledger: a line when it is open, and one when it cannot be opened, however
 * often that is tried; of the libraries that open it, only what is wrong. Whoever wants to see more of these gives them a
 * level in a log recorder.
 */
final class LedgerLog {
    private static final Logger LOGGER = Logger.getLogger(LedgerLog.class.getName());
    /** Kept, for a logger that nobody keeps forgets its level. */
    private final List<Logger> libraries = Stream.of("org.flywaydb", "com.zaxxer.hikari")
            .map(Logger::getLogger)
            .toList();

    private String told;

    LedgerLog() {
        libraries.stream().filter(l -> l.getLevel() == null).forEach(l -> l.setLevel(Level.WARNING));
    }

    /** The ledger is open. */
    void opened(Ledger ledger) {
        told = null;
        LOGGER.log(Level.INFO, "promises are accepted; the {0} ledger has {1} that are open", new Object[] {
            ledger.shared() ? "shared" : "embedded", ledger.lists().openCount()
        });
    }

    /** The ledger cannot be opened just now. */
    void notOpened(Exception problem) {
        String message = String.valueOf(problem.getMessage());
        if (!message.equals(told)) {
            LOGGER.log(Level.SEVERE, "no promise is accepted: {0}", message);
            LOGGER.log(Level.FINE, "the ledger cannot be opened", problem);
        }
        told = message;
    }
}
