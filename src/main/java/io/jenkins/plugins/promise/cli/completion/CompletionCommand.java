package io.jenkins.plugins.promise.cli.completion;

import com.google.common.io.Resources;
import io.jenkins.plugins.promise.cli.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code promise completion}. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description = {
            "Prints what has a shell complete promise's command lines: commands and options; the jobs, versions, environments and ids of promises that a controller has now, and the cases of the suite."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  eval \"$(promise completion bash)\"     in ~/.bashrc",
            "  eval \"$(promise completion zsh)\"      in ~/.zshrc",
            "",
            "The controller is the one that the command would ask: --controller, $PROMISE_CONTROLLER, or that of"
                    + " --home."
        })
public final class CompletionCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}.")
    private Shell shell;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        out.print(Resources.toString(
                Resources.getResource(CompletionCommand.class, shell.toString() + ".sh"), StandardCharsets.UTF_8));
        out.flush();
        return ExitCode.SUCCESS;
    }

    /** What is completed in. */
    enum Shell {
        BASH,
        ZSH;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
