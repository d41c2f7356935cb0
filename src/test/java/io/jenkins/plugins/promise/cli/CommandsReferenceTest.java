package io.jenkins.plugins.promise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.CaseFormat;
import io.jenkins.plugins.promise.testing.ReferencePage;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** The commands of the reference are those that there are, with all their options. */
public class CommandsReferenceTest {
    private static final int WIDTH = 100;
    private static final Pattern EXIT_CODE =
            Pattern.compile("/\\*\\* (.*) \\*/\\s+public static final int (\\w+) = (\\d);");

    @Test
    public void eachCommandIsThereWithItsHelp() throws Exception {
        ReferencePage page = new ReferencePage("commands", "Commands", "What `promise COMMAND --help` prints.");
        page.part("Exit codes").head("code", "", "");
        Matcher codes = EXIT_CODE.matcher(
                Files.readString(Path.of("src/main/java/io/jenkins/plugins/promise/cli/ExitCode.java")));
        while (codes.find()) {
            page.row(
                    codes.group(3),
                    CaseFormat.UPPER_UNDERSCORE.to(CaseFormat.LOWER_CAMEL, codes.group(2)),
                    codes.group(1));
        }
        add(page, PromiseCommand.commandLine());
        page.isPublished();
    }

    private static void add(ReferencePage page, CommandLine command) {
        command.setUsageHelpWidth(WIDTH).setUsageHelpAutoWidth(false);
        StringWriter usage = new StringWriter();
        command.usage(new PrintWriter(usage), Ansi.OFF);
        page.part(command.getCommandSpec().qualifiedName()).code(usage.toString());
        command.getSubcommands().values().stream()
                .filter(c -> !c.getCommandSpec().usageMessage().hidden())
                .forEach(inner -> add(page, inner));
    }

    /** Lists of commands show the first paragraph of each. */
    @Test
    public void whatAListOfCommandsTellsOfOneIsAWholeSentence() {
        sentences(PromiseCommand.commandLine());
    }

    private static void sentences(CommandLine command) {
        CommandLine.Model.CommandSpec spec = command.getCommandSpec();
        assertThat(spec.usageMessage().description()[0])
                .as(spec.qualifiedName())
                .matches("[A-Z].*[.]");
        command.getSubcommands().values().forEach(CommandsReferenceTest::sentences);
    }

    @Test
    public void helpIsNotCutHoweverNarrowTheTerminalIs() {
        CommandLine serve = PromiseCommand.commandLine().getSubcommands().get("serve");
        for (int width : new int[] {60, 80, 200}) {
            serve.setUsageHelpAutoWidth(false).setUsageHelpWidth(width);
            String usage = serve.getUsageMessage(Ansi.OFF);
            assertThat(usage.replaceAll("\\s+", " "))
                    .contains(
                            "--max-bundle",
                            "After how much silence another controller of the same ledger is taken for dead, and its"
                                    + " promises are taken over (default: 30s).");
        }
    }
}
