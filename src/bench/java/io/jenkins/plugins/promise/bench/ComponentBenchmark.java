package io.jenkins.plugins.promise.bench;

import io.jenkins.plugins.promise.component.ComponentFolder;
import io.jenkins.plugins.promise.testing.CommandProcess;
import io.jenkins.plugins.promise.testing.SuiteFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jgit.api.Git;

/** 200 components with all steps, two environments, a folder of ten files each, in one repository. */
final class ComponentBenchmark implements Benchmarks.Benchmark {
    private static final int COMPONENTS = 200;
    private static final int FILES = 10;

    private final Benchmarks benchmarks;

    ComponentBenchmark(Benchmarks benchmarks) {
        this.benchmarks = benchmarks;
    }

    @Override
    public void run(Table table) throws Exception {
        Path root = benchmarks.newFolder("components");
        String commit = write(root);
        Path out = benchmarks.newFolder("components-out").resolve("suite");
        Path passed = benchmarks.newFolder("components-passed").resolve("passed.txt");
        List<String> lines = new ArrayList<>();
        for (int number = 0; number < COMPONENTS; number++) {
            lines.add(name(number) + "=" + commit);
        }
        Files.write(passed, lines);
        // The launcher prepares itself once.
        seconds(root, "--version");
        String folder = root.toString();
        table.row("check 200 components, the JVM and all included", seconds(root, "component", "check", folder));
        table.row("graph of them", seconds(root, "component", "graph", folder, "--format", "svg"));
        table.row(
                "generate their suite: 1,804 jobs",
                seconds(root, "component", "generate", folder, "--out", out.toString()));
        table.row(
                "generate it again: nothing has changed",
                seconds(root, "component", "generate", folder, "--out", out.toString()));
        table.row(
                "changed since a commit",
                seconds(root, "component", "changed", folder, "--passed-file", passed.toString()));
    }

    private static String name(int number) {
        return "component-" + number;
    }

    private static String write(Path root) throws Exception {
        ComponentFolder components = new ComponentFolder(root);
        components.file("environments.yaml", "test: { integration: true }\nproduction: { after: test }\n");
        for (int number = 0; number < COMPONENTS; number++) {
            String name = name(number);
            String before = number < 21 ? "" : name(number - 10) + ", " + name(number / 2);
            components.component(
                    name,
                    "about: Component number " + number + ".",
                    "watch: ['" + name + "/**/*.c', " + name + "/docs]",
                    "build: make",
                    "test: make test",
                    "stage: make stage",
                    "release: ./release.sh ${URL}",
                    "probe: curl ${URL}/version",
                    "environments:",
                    "  test: { URL: https://test.example/" + name + " }",
                    "  production: { URL: https://example.com/" + name + ", SECRETS: [KEY] }",
                    "depends: [" + before + "]",
                    "needs: [" + (number < 20 ? "" : name(number % 20)) + "]");
            for (int file = 0; file < FILES; file++) {
                components.file(name + "/src/part" + file + ".c", "int x;\n");
            }
            components.file(name + "/docs/index.md", "# " + name + "\n");
        }
        try (Git git = Git.init().setDirectory(root.toFile()).call()) {
            String commit = SuiteFolder.commit(git);
            components.file(name(7) + "/src/part1.c", "int y;\n");
            SuiteFolder.commit(git);
            return commit;
        }
    }

    private static String seconds(Path folder, String... arguments) throws Exception {
        long start = System.nanoTime();
        CommandProcess command = CommandProcess.launch(folder, Map.of(), List.of(arguments));
        if (command.await() != 0) {
            throw new IllegalStateException(command.err());
        }
        return String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - start) / 1e9);
    }
}
