package io.jenkins.plugins.promise.cli.component;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.promise.cli.CommandFailure;
import io.jenkins.plugins.promise.cli.ExitCode;
import io.jenkins.plugins.promise.component.Component;
import io.jenkins.plugins.promise.component.Components;
import io.jenkins.plugins.promise.component.graph.DependencyGraph;
import io.jenkins.plugins.promise.component.history.CloneCommits;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.contract.yaml.Nearest;
import io.jenkins.plugins.promise.suite.GitFolder;
import io.jenkins.plugins.promise.watching.component.Branch;
import io.jenkins.plugins.promise.watching.history.Change;
import io.jenkins.plugins.promise.watching.history.ChangedComponents;
import io.jenkins.plugins.promise.watching.history.MissingHistory;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code promise component changed}. */
@Command(
        name = "changed",
        mixinStandardHelpOptions = true,
        description = {
            "Tells which components must be built and tested: those whose watched files differ from what they were at the last commit of that component whose build-test passed, those that need one of these, and which others depend on them and must be tested with them."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  promise component changed shop --passed web=1a2b3c4 --passed orders=none",
            "  promise component changed shop --passed-file passed.txt --format json",
            "",
            "The file has a line COMPONENT=COMMIT for each. Each component must be named; one of which no commit has passed yet has the commit none. What the clone does not have is an error: it is never taken for all, or for none."
        })
final class ComponentChangedCommand implements Callable<Integer> {
    private static final int MOST_SHOWN = 3;

    /** How the answer is told. */
    enum Format {
        TEXT,
        JSON
    }

    @Spec
    private CommandSpec spec;

    @Mixin
    private ComponentsArgument components;

    @Option(
            names = "--passed",
            paramLabel = "COMPONENT=COMMIT",
            description = "The last commit of a component whose build-test passed; may be given many times.")
    private List<String> passed = new ArrayList<>();

    @Option(names = "--passed-file", paramLabel = "FILE", description = "The same, a line for each component.")
    private Path passedFile;

    @Option(
            names = "--head",
            paramLabel = "COMMIT",
            defaultValue = "HEAD",
            description = "What has changed until there (default: ${DEFAULT-VALUE}).")
    private String head;

    @Option(
            names = "--only",
            paramLabel = "COMPONENT",
            description = "Ask of this component only; may be given many times.")
    private List<String> only = new ArrayList<>();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text or json (default: ${DEFAULT-VALUE}).")
    private Format format;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Components read = components.readGood(spec.commandLine().getErr());
        for (String name : only) {
            if (!read.components().containsKey(name)) {
                throw new CommandFailure(
                        ExitCode.USAGE,
                        "--only: there is no component '" + name + "'"
                                + Nearest.hint(name, read.components().keySet()));
            }
        }
        DependencyGraph graph = new DependencyGraph(read.components().values());
        // What one needs changes it too.
        List<Component> asked = read.components().values().stream()
                .filter(c ->
                        wanted(c.name()) || graph.builtWith(c.name()).stream().anyMatch(this::wanted))
                .toList();
        List<Change> changes;
        try (GitFolder folder = GitFolder.of(read.root())
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.USAGE, read.root() + " lies in no git repository that has a commit"))) {
            elsewhere(asked, folder.origin());
            changes = new ChangedComponents(
                            new CloneCommits(folder),
                            asked.stream().map(Component::watched).toList())
                    .since(commits(), head).stream()
                            .filter(c -> wanted(c.component()))
                            .toList();
        } catch (MissingHistory e) {
            throw new CommandFailure(ExitCode.USAGE, e.getMessage());
        }
        tell(changes, graph);
        return ExitCode.SUCCESS;
    }

    private boolean wanted(String name) {
        return only.isEmpty() || only.contains(name);
    }

    /** Of another repository nothing can be told here. */
    private static void elsewhere(List<Component> asked, String origin) {
        List<String> others = asked.stream()
                .filter(c -> c.source().elsewhere()
                        && origin != null
                        && !Branch.plain(c.source().repository()).equals(Branch.plain(origin)))
                .map(c -> c.name() + " is of " + c.source().repository() + ", and this is a clone of " + origin
                        + "; ask in a clone of that, or leave it out (--only)")
                .toList();
        if (!others.isEmpty()) {
            throw new CommandFailure(ExitCode.USAGE, String.join("\n", others));
        }
    }

    private Map<String, String> commits() throws IOException {
        List<String> lines = new ArrayList<>();
        if (passedFile != null) {
            lines.addAll(Files.readAllLines(passedFile));
        }
        lines.addAll(passed);
        Map<String, String> commits = new TreeMap<>();
        for (String line : lines) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String[] parts = line.strip().split("=", 2);
            if (parts.length != 2 || parts[0].isBlank() || parts[1].isBlank()) {
                throw new CommandFailure(ExitCode.USAGE, "'" + line + "' must be COMPONENT=COMMIT");
            }
            String before = commits.put(parts[0].strip(), parts[1].strip());
            if (before != null && !before.equals(parts[1].strip())) {
                throw new CommandFailure(
                        ExitCode.USAGE, parts[0] + " has two commits that passed, " + before + " and " + parts[1]);
            }
        }
        return commits;
    }

    private void tell(List<Change> changes, DependencyGraph graph) {
        Map<String, Set<String>> tested = new TreeMap<>();
        Set<String> changed =
                new TreeSet<>(changes.stream().map(Change::component).toList());
        for (String name : changed) {
            graph.dependents(name).stream().filter(d -> !changed.contains(d)).forEach(d -> tested.computeIfAbsent(
                            d, k -> new TreeSet<>())
                    .add(name));
        }
        PrintWriter out = spec.commandLine().getOut();
        if (format == Format.JSON) {
            out.println(json(changes, tested).toPrettyString());
        } else {
            changes.forEach(c -> out.println("changed  " + c.component() + "  " + why(c)));
            tested.forEach((name, of) -> out.println("tested   " + name + "  depends on " + String.join(", ", of)));
        }
        out.flush();
    }

    private static String why(Change change) {
        List<String> reasons = new ArrayList<>();
        if (change.first()) {
            reasons.add("no commit of it has passed yet");
        }
        if (!change.files().isEmpty()) {
            int more = change.files().size() - MOST_SHOWN;
            reasons.add(
                    String.join(", ", change.files().stream().limit(MOST_SHOWN).toList())
                            + (more > 0 ? " and " + more + " more" : ""));
        }
        if (!change.needs().isEmpty()) {
            reasons.add("needs " + String.join(", ", change.needs()));
        }
        return String.join("; ", reasons);
    }

    private static ObjectNode json(List<Change> changes, Map<String, Set<String>> tested) {
        ObjectNode json = Json.mapper().createObjectNode();
        ArrayNode changed = json.putArray("changed");
        for (Change change : changes) {
            ObjectNode one = changed.addObject();
            one.put("component", change.component()).put("first", change.first());
            change.files().forEach(one.putArray("files")::add);
            change.needs().forEach(one.putArray("needs")::add);
        }
        ArrayNode others = json.putArray("tested");
        tested.forEach((name, of) -> {
            ObjectNode one = others.addObject().put("component", name);
            of.forEach(one.putArray("dependsOn")::add);
        });
        return json;
    }
}
