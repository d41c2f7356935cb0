package io.jenkins.plugins.promise.bench;

import io.jenkins.plugins.promise.engine.compiler.OrchestrationCompiler;
import io.jenkins.plugins.promise.rehearsal.Rehearsal;
import io.jenkins.plugins.promise.rehearsal.RehearsalReader;
import io.jenkins.plugins.promise.rehearsal.Rehearser;
import io.jenkins.plugins.promise.suite.Suite;
import io.jenkins.plugins.promise.suite.SuiteReader;
import io.jenkins.plugins.promise.testing.CommandProcess;
import io.jenkins.plugins.promise.testing.SuiteFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The example's rehearsals, made a hundred: from a cold start, and warm in one process. */
final class RehearsalBenchmark implements Benchmarks.Benchmark {
    private static final int HUNDRED = 100;
    private static final int ROUNDS = 5;
    private static final Path EXAMPLE = Path.of("examples", "quote");

    private final Benchmarks benchmarks;

    RehearsalBenchmark(Benchmarks benchmarks) {
        this.benchmarks = benchmarks;
    }

    @Override
    public void run(Table table) throws Exception {
        Path suite = hundred(benchmarks.newFolder("rehearsals"));
        run(suite, "--version");
        double[] cold = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            run(suite, "rehearse", suite.toString());
            cold[round] = (System.nanoTime() - start) / 1e9;
        }
        Arrays.sort(cold);
        table.row(
                "100 rehearsals from a cold start, the JVM and all included",
                String.format(Locale.ROOT, "median %.1f s of %d", cold[ROUNDS / 2], ROUNDS));
        OrchestrationCompiler compiler = new OrchestrationCompiler();
        Suite read = new SuiteReader(compiler).read(suite);
        List<Rehearsal> rehearsals = new RehearsalReader(true).all(read, new ArrayList<>());
        Rehearser rehearser = new Rehearser(read, compiler);
        long first = System.nanoTime();
        rehearser.perform(rehearsals.get(0));
        double firstMillis = (System.nanoTime() - first) / 1e6;
        double[] warm = new double[rehearsals.size() - 1];
        for (int one = 1; one < rehearsals.size(); one++) {
            long start = System.nanoTime();
            rehearser.perform(rehearsals.get(one));
            warm[one - 1] = (System.nanoTime() - start) / 1e6;
        }
        Arrays.sort(warm);
        table.row(
                "one rehearsal after the first in the same process",
                String.format(
                        Locale.ROOT,
                        "median %.1f ms, max %.1f ms; the first %.0f ms",
                        warm[warm.length / 2],
                        warm[warm.length - 1],
                        firstMillis));
        pipelineUnit(table);
    }

    private static void pipelineUnit(Table table) throws Exception {
        double[] millis = new double[HUNDRED];
        for (int one = 0; one < HUNDRED; one++) {
            long start = System.nanoTime();
            PipelineUnitQuote quote = new PipelineUnitQuote();
            quote.prepare();
            if (!quote.perform().containsKey("data")) {
                throw new IllegalStateException("it reported nothing");
            }
            millis[one] = (System.nanoTime() - start) / 1e6;
        }
        double first = millis[0];
        Arrays.sort(millis);
        table.row(
                "for comparison: the same script and answers in JenkinsPipelineUnit 1.1, nothing checked",
                String.format(
                        Locale.ROOT,
                        "median %.1f ms, max %.1f ms; the first %.0f ms",
                        millis[HUNDRED / 2],
                        millis[HUNDRED - 1],
                        first));
    }

    private static void run(Path folder, String... arguments) throws IOException, InterruptedException {
        CommandProcess command = CommandProcess.launch(folder, Map.of(), List.of(arguments));
        if (command.await() != 0) {
            throw new IllegalStateException(command.out() + command.err());
        }
    }

    private static Path hundred(Path to) throws IOException {
        new SuiteFolder(to).copyOf(EXAMPLE, "rehearsals");
        List<Path> rehearsals;
        try (Stream<Path> all = Files.list(EXAMPLE.resolve("rehearsals/quote"))) {
            rehearsals = all.sorted().toList();
        }
        Path folder = Files.createDirectories(to.resolve("rehearsals/quote"));
        for (int number = 0; number < HUNDRED; number++) {
            Path file = rehearsals.get(number % rehearsals.size());
            Files.copy(file, folder.resolve("r" + number + "-" + file.getFileName()));
        }
        return to;
    }
}
