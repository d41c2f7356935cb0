package io.jenkins.plugins.promise.cli;

import io.jenkins.plugins.promise.ledger.database.LedgerLocation;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which ledger a command is about. */
final class LedgerArgument {
    static final String PASSWORD = "PROMISE_LEDGER_PASSWORD";

    @Option(
            names = "--home",
            paramLabel = "FOLDER",
            defaultValue = "work",
            description = "The home of a local controller (default: ${DEFAULT-VALUE}).")
    private Path home;

    @Option(
            names = "--ledger",
            paramLabel = "URL",
            description = "A ledger on PostgreSQL instead: postgresql://USER@HOST/DATABASE, the password in " + PASSWORD
                    + ".")
    private String ledger;

    LedgerLocation location() {
        return ledger == null ? new LedgerLocation.Embedded(home.resolve("ledger")) : shared(ledger);
    }

    /** The ledger at a URL. */
    static LedgerLocation shared(String url) {
        try {
            return LedgerLocation.shared(url, System.getenv(PASSWORD));
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, "--ledger: " + e.getMessage());
        }
    }
}
