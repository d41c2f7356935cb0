package io.jenkins.plugins.promise.bench;

import io.jenkins.plugins.promise.testing.CommandProcess;
import io.jenkins.plugins.promise.testing.Http;
import io.jenkins.plugins.promise.testing.SuiteFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jgit.api.Git;

/** A suite of 200 jobs, half of them orchestrations, in a repository of 100 commits: compiled, and deployed. */
final class SuiteBenchmark implements Benchmarks.Benchmark {
    private static final int PAIRS = 100;
    private static final int COMMITS = 100;

    private final Benchmarks benchmarks;

    SuiteBenchmark(Benchmarks benchmarks) {
        this.benchmarks = benchmarks;
    }

    @Override
    public void run(Table table) throws Exception {
        Path root = benchmarks.newFolder("suite-200");
        write(root);
        Path bundle = benchmarks.newFolder("bundle").resolve("bundle.zip");
        // The launcher prepares itself once.
        await(CommandProcess.launch(root, Map.of(), List.of("--version")));
        double compiled = seconds(() -> await(CommandProcess.launch(
                root, Map.of(), List.of("compile", root.toString(), "--out", bundle.toString()))));
        table.row("compile 200 jobs over 100 commits, the JVM and all included", told(compiled));
        double counted = seconds(() -> {
            for (int pair = 0; pair < PAIRS; pair++) {
                git(root, "log", "--format=%h", "--", "jobs/work" + pair);
                git(root, "log", "--format=%h", "--", "jobs/order" + pair, "jobs/work" + pair);
            }
        });
        table.row("for comparison: `git log` for each of the 200 jobs, and nothing compiled", told(counted));
        Path idle = SubmitBenchmark.suite(benchmarks.newFolder("idle"), "true").root();
        try (CommandProcess controller = benchmarks.serve(idle, benchmarks.newFolder("deploy"))) {
            Http http = new Http(controller.url());
            byte[] bytes = Files.readAllBytes(bundle);
            double deployed = seconds(() -> post(http, bytes));
            double again = seconds(() -> post(http, bytes));
            table.row("deploy them to the local controller, durably", told(deployed));
            table.row("deploy them again: nothing to do", told(again));
        }
    }

    private static void post(Http http, byte[] bytes) throws Exception {
        Http.Answer answer = http.post("/promises/deploy", "application/zip", bytes);
        if (answer.status() != 200) {
            throw new IllegalStateException(answer.body());
        }
    }

    private static void write(Path root) throws Exception {
        SuiteFolder suite = new SuiteFolder(root);
        for (int pair = 0; pair < PAIRS; pair++) {
            suite.worker("work" + pair, "echo " + pair, "inputs: { A: { type: string } }");
            suite.orchestration(
                    "order" + pair,
                    "def seen = phase('all') {\n    worker job: 'work" + pair
                            + "', inputs: [A: 'x']\n    worker job: 'work" + (pair + 1) % PAIRS
                            + "'\n}\nreport data: seen.values().collect { it.data }");
        }
        try (Git git = Git.init().setDirectory(root.toFile()).call()) {
            for (int commit = 0; commit < COMMITS; commit++) {
                suite.worker("work" + commit % PAIRS, "echo again " + commit, "inputs: { A: { type: string } }");
                SuiteFolder.commit(git);
            }
        }
    }

    private static void git(Path root, String... arguments) throws Exception {
        String[] command = new String[arguments.length + 1];
        command[0] = "git";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        Process process = new ProcessBuilder(command)
                .directory(root.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("git failed");
        }
    }

    private static void await(CommandProcess command) throws InterruptedException {
        if (command.await() != 0) {
            throw new IllegalStateException(command.err());
        }
    }

    private static double seconds(Work work) throws Exception {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e9;
    }

    private static String told(double seconds) {
        return String.format(Locale.ROOT, "%.1f s", seconds);
    }

    /** What is timed. */
    @FunctionalInterface
    private interface Work {
        void run() throws Exception;
    }
}
