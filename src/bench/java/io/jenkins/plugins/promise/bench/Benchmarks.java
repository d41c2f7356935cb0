package io.jenkins.plugins.promise.bench;

import io.jenkins.plugins.promise.testing.CommandProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Runs the benchmarks: {@code mvn -B -ntp -Pbench verify -DskipTests [-Dbench=submit,restart]}. */
public final class Benchmarks {

    private final Path folder;

    private Benchmarks(Path folder) {
        this.folder = folder;
    }

    /** Runs those named, or all. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("promise-bench-");
        Benchmarks benchmarks = new Benchmarks(folder);
        Map<String, Benchmark> all = new LinkedHashMap<>();
        all.put("submit", new SubmitBenchmark(benchmarks));
        all.put("courier", new CourierBenchmark(benchmarks));
        all.put("restart", new RestartBenchmark(benchmarks));
        all.put("kept", new KeptBenchmark(benchmarks));
        all.put("console", new ConsoleBenchmark(benchmarks));
        all.put("cost", new CostBenchmark(benchmarks));
        all.put("adoption", new AdoptionBenchmark(benchmarks));
        all.put("suite", new SuiteBenchmark(benchmarks));
        all.put("rehearsal", new RehearsalBenchmark(benchmarks));
        all.put("component", new ComponentBenchmark(benchmarks));
        List<String> wanted =
                Stream.of(arguments).flatMap(a -> Arrays.stream(a.split(","))).toList();
        Table table = new Table(System.out);
        try {
            for (Map.Entry<String, Benchmark> one : all.entrySet()) {
                if (wanted.isEmpty() || wanted.contains("all") || wanted.contains(one.getKey())) {
                    one.getValue().run(table);
                }
            }
        } finally {
            delete(folder);
        }
        table.write(Path.of("target", "bench", "results.md"));
    }

    /** One of them. */
    @FunctionalInterface
    interface Benchmark {
        void run(Table table) throws Exception;
    }

    Path newFolder(String name) throws IOException {
        return Files.createDirectories(folder.resolve(name));
    }

    /** A local controller in a process of its own, with the heap of the design's table. */
    CommandProcess serve(Path suite, Path home, String... more) throws IOException {
        List<String> arguments = Stream.concat(
                        Stream.of("serve", suite.toString(), "--open", "--home", home.toString(), "--port", "0"),
                        Stream.of(more))
                .toList();
        return CommandProcess.launch(home, Map.of("PROMISE_JAVA_OPTS", "-Xmx512m"), arguments);
    }

    CommandProcess homeMade(String where) throws IOException {
        return CommandProcess.start(
                folder, Map.of(), List.of("-Xmx512m"), HomeMadeQueue.class.getName(), List.of(where));
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
