package io.jenkins.plugins.promise.cli.completion;

import io.jenkins.plugins.promise.cli.ExitCode;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code promise complete-line}: what shells ask when somebody presses the tabulator. */
@Command(name = "complete-line", hidden = true, description = "Prints what may stand where a command line ends.")
public final class CompleteLineCommand implements Callable<Integer> {
    private static final long PATIENCE_SECONDS = 3;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "LINE", description = "The line up to the cursor.")
    private String line;

    @Parameters(
            index = "1",
            paramLabel = "PART",
            description = "What the shell puts the answer in the place of: all of the last word, or its end.")
    private String part;

    @Override
    public Integer call() throws InterruptedException {
        LineWords words = LineWords.of(line);
        String last = words.last();
        // bash takes what follows a = or : for a word of its own.
        int before = last.endsWith(part) ? last.length() - part.length() : 0;
        PrintWriter out = spec.commandLine().getOut();
        for (String candidate : candidates(words)) {
            out.println(candidate.substring(Math.min(before, candidate.length())));
        }
        out.flush();
        return ExitCode.SUCCESS;
    }

    /** Nothing after a while, and nothing where no answer is to be had: somebody is typing. */
    private List<String> candidates(LineWords words) throws InterruptedException {
        try {
            return CompletableFuture.supplyAsync(() -> new Completion(spec.root()).of(words))
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return List.of();
        }
    }
}
