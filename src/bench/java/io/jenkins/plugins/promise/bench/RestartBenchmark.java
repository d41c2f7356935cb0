package io.jenkins.plugins.promise.bench;

import io.jenkins.plugins.promise.testing.CommandProcess;
import io.jenkins.plugins.promise.testing.Http;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How soon a controller that was killed with 10,000 open promises is ready again, and what they cost it. */
final class RestartBenchmark implements Benchmarks.Benchmark {
    private static final int OPEN = 10_000;
    private static final Pattern USED = Pattern.compile("used ([0-9]+)K");

    private final Benchmarks benchmarks;

    RestartBenchmark(Benchmarks benchmarks) {
        this.benchmarks = benchmarks;
    }

    @Override
    public void run(Table table) throws Exception {
        Path suite = SubmitBenchmark.suite(benchmarks.newFolder("long"), "exec sleep 1000")
                .root();
        for (int open : new int[] {OPEN, 10 * OPEN}) {
            restart(table, suite, open);
        }
        String database =
                benchmarks.newFolder("restart-sqlite").resolve("queue.db").toString();
        try (CommandProcess queue = benchmarks.homeMade(database)) {
            Load.post(URI.create(queue.url() + "/submit"), SubmitBenchmark.FORM, OPEN);
            queue.kill();
        }
        long again = System.nanoTime();
        try (CommandProcess queue = benchmarks.homeMade(database)) {
            queue.url();
            table.row(
                    "for comparison: the SQLite table with as many rows, its JVM and all included",
                    String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - again) / 1e9));
        }
    }

    private void restart(Table table, Path suite, int open) throws Exception {
        Path home = benchmarks.newFolder("restart-" + open);
        try (CommandProcess controller = benchmarks.serve(suite, home)) {
            Load.post(URI.create(controller.url() + "/promises/submit/work"), SubmitBenchmark.FORM, open);
            controller.kill();
        }
        long start = System.nanoTime();
        try (CommandProcess controller = benchmarks.serve(suite, home)) {
            Http http = new Http(controller.url());
            double seconds = (System.nanoTime() - start) / 1e9;
            int counted = http.get("/promises?state=open").json().path("count").asInt();
            table.row(
                    String.format(
                            Locale.ROOT,
                            "start after a kill -9 with %,d open promises, its JVM and all included",
                            open),
                    String.format(Locale.ROOT, "%.1f s, %,d or more open", seconds, counted));
            table.row("heap used then, after a collection", heap(controller.pid()));
        }
    }

    private static String heap(long pid) throws IOException, InterruptedException {
        jcmd(pid, "GC.run");
        Matcher used = USED.matcher(jcmd(pid, "GC.heap_info"));
        return used.find() ? Long.parseLong(used.group(1)) / 1024 + " MiB of at most 512" : "not told";
    }

    private static String jcmd(long pid, String command) throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(pid), command)
                .redirectErrorStream(true)
                .start();
        String output = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        jcmd.waitFor();
        return output;
    }
}
