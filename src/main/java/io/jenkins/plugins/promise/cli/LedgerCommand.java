package io.jenkins.plugins.promise.cli;

import io.jenkins.plugins.promise.cli.terminal.Bar;
import io.jenkins.plugins.promise.contract.words.Counted;
import io.jenkins.plugins.promise.deployment.DeployedCheck;
import io.jenkins.plugins.promise.ledger.LedgerCheck;
import io.jenkins.plugins.promise.ledger.LedgerCopy;
import io.jenkins.plugins.promise.ledger.LedgerFault;
import io.jenkins.plugins.promise.ledger.LedgerLines;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code promise ledger}. */
@Command(
        name = "ledger",
        mixinStandardHelpOptions = true,
        description = {
            "Copies and checks the ledger of a local controller, or one on PostgreSQL; backup, export and check also while controllers use it.",
            "A copy holds no keys: keep those of the home (secrets/) beside it, or what is sealed in it cannot be opened."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  promise ledger check --home /var/lib/promise",
            "  promise ledger backup monday.db --home /var/lib/promise",
            "  promise ledger restore monday.db --home /var/lib/another",
            "  promise ledger export all.jsonl --ledger postgresql://promise@db/promise",
            "  promise ledger import all.jsonl --home work",
            "",
            "Exit codes: 0 done, 1 the check found something, 2 wrong use, 3 it could not be read or written."
        })
final class LedgerCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Which? backup, restore, export, import or check");
    }

    @Command(
            name = "check",
            mixinStandardHelpOptions = true,
            description = "Looks for what cannot be, and names the versions and promises that it touches.")
    int check(@Mixin LedgerArgument ledger) throws IOException {
        List<LedgerFault> faults = new ArrayList<>(LedgerCheck.of(ledger.location()));
        faults.addAll(DeployedCheck.of(ledger.location()));
        faults.forEach(f -> say(f.toString()));
        say(faults.isEmpty() ? "nothing is wrong" : Counted.of(faults.size(), "kind of fault", "kinds of faults"));
        return faults.isEmpty() ? ExitCode.SUCCESS : ExitCode.FAILURE;
    }

    @Command(name = "backup", mixinStandardHelpOptions = true, description = "Makes a copy as one file.")
    int backup(
            @Mixin LedgerArgument ledger,
            @Parameters(paramLabel = "FILE", description = "The copy; must not be there.") Path file)
            throws IOException {
        try (Bar bar = bar("backup")) {
            bar.now(file.toString());
            LedgerCopy.backup(ledger.location(), file);
        }
        say(file + " has " + Counted.of(Files.size(file), "byte"));
        return ExitCode.SUCCESS;
    }

    @Command(name = "restore", mixinStandardHelpOptions = true, description = "Fills an empty ledger from a copy.")
    int restore(@Mixin LedgerArgument ledger, @Parameters(paramLabel = "FILE", description = "The copy.") Path file)
            throws IOException {
        try (Bar bar = bar("restore")) {
            bar.now(file.toString());
            LedgerCopy.restore(file, ledger.location());
        }
        say("restored");
        return ExitCode.SUCCESS;
    }

    @Command(name = "export", mixinStandardHelpOptions = true, description = "Writes the ledger as lines of JSON.")
    int export(
            @Mixin LedgerArgument ledger,
            @Parameters(paramLabel = "FILE", description = "Where to; - for standard output.") Path file)
            throws IOException {
        if (file.toString().equals("-")) {
            Writer out = new OutputStreamWriter(System.out, StandardCharsets.UTF_8);
            LedgerLines.export(ledger.location(), out);
            return ExitCode.SUCCESS;
        }
        try (Bar bar = bar("export")) {
            bar.now(file.toString());
            LedgerCopy.export(ledger.location(), file);
        }
        return ExitCode.SUCCESS;
    }

    @Command(
            name = "import",
            mixinStandardHelpOptions = true,
            description = "Fills an empty ledger with lines of JSON.")
    int read(@Mixin LedgerArgument ledger, @Parameters(paramLabel = "FILE", description = "The lines.") Path file)
            throws IOException {
        try (Bar bar = bar("import");
                BufferedReader in = Files.newBufferedReader(file)) {
            bar.now(file.toString());
            LedgerLines.read(ledger.location(), in);
        }
        say("imported");
        return ExitCode.SUCCESS;
    }

    private Bar bar(String what) {
        return new Bar(spec.commandLine().getErr(), what);
    }

    private void say(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }
}
