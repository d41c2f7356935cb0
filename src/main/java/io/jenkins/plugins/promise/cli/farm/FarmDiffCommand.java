package io.jenkins.plugins.promise.cli.farm;

import io.jenkins.plugins.promise.cli.CommandFailure;
import io.jenkins.plugins.promise.cli.ExitCode;
import io.jenkins.plugins.promise.contract.words.Counted;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.diff.HistogramDiff;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code promise farm diff}. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description = "Tells what rendering a farm again would change in a folder that was rendered before.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  promise farm diff quote.yaml rendered --plugins plugins,target",
            "",
            "Exit code 0 if nothing would change, 1 if something would."
        })
final class FarmDiffCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private FarmFiles farm;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "FOLDER",
            defaultValue = "rendered",
            description = "The folder that was rendered before (default: ${DEFAULT-VALUE}).")
    private Path folder;

    @Override
    public Integer call() throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new CommandFailure(
                    ExitCode.USAGE, folder + " is no folder; promise farm render --out " + folder + " makes it");
        }
        SortedMap<String, byte[]> before = before();
        SortedMap<String, byte[]> after = farm.render(spec.commandLine().getErr());
        PrintWriter out = spec.commandLine().getOut();
        int changed = 0;
        TreeMap<String, byte[]> all = new TreeMap<>(before);
        all.putAll(after);
        for (String path : all.keySet()) {
            RawText old = new RawText(before.getOrDefault(path, new byte[0]));
            RawText made = new RawText(after.getOrDefault(path, new byte[0]));
            var edits = new HistogramDiff().diff(RawTextComparator.DEFAULT, old, made);
            if (!edits.isEmpty()) {
                changed++;
                out.println("--- " + (before.containsKey(path) ? folder.resolve(path) : "/dev/null"));
                out.println("+++ " + (after.containsKey(path) ? path : "/dev/null"));
                ByteArrayOutputStream text = new ByteArrayOutputStream();
                try (DiffFormatter formatter = new DiffFormatter(text)) {
                    formatter.format(edits, old, made);
                }
                out.print(text.toString(StandardCharsets.UTF_8));
            }
        }
        out.flush();
        spec.commandLine().getErr().println(Counted.of(changed, "file") + " would change");
        return changed == 0 ? ExitCode.SUCCESS : ExitCode.FAILURE;
    }

    private SortedMap<String, byte[]> before() throws IOException {
        SortedMap<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String path = folder.relativize(file).toString().replace('\\', '/');
                if (!path.equals("generated.txt")) {
                    files.put(path, Files.readAllBytes(file));
                }
            }
        }
        return files;
    }
}
