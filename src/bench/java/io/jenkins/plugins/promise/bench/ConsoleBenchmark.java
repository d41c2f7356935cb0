package io.jenkins.plugins.promise.bench;

import io.jenkins.plugins.promise.testing.CommandProcess;
import io.jenkins.plugins.promise.testing.Http;
import io.jenkins.plugins.promise.testing.KeptPromises;
import io.jenkins.plugins.promise.testing.Receiver;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** How long the console's pages take when a hundred thousand promises are kept: the first time, and then. */
final class ConsoleBenchmark implements Benchmarks.Benchmark {
    private static final int KEPT = 100_000;
    private static final int REPEATED = 40;

    private final Benchmarks benchmarks;

    ConsoleBenchmark(Benchmarks benchmarks) {
        this.benchmarks = benchmarks;
    }

    @Override
    public void run(Table table) throws Exception {
        Path home = benchmarks.newFolder("console");
        KeptPromises kept = new KeptPromises(home.resolve("ledger"));
        kept.fill(KEPT);
        Path suite = SubmitBenchmark.suite(benchmarks.newFolder("console-suite"), "exec sleep 1000")
                .root();
        // What the client needs for its own first request is nothing of the controller's.
        try (Receiver another = new Receiver()) {
            new Http(another.url("/")).get("ok");
        }
        try (CommandProcess controller = benchmarks.serve(suite, home)) {
            Http http = new Http(controller.url());
            Map<String, String> pages = new LinkedHashMap<>();
            // Nobody clicks sooner after the line that says where it listens.
            TimeUnit.SECONDS.sleep(1);
            pages.put("first page, a second after the start", "/");
            pages.put("a page from the middle", "/promises?state=all&after=" + kept.id(KEPT / 2));
            pages.put("search for a word that all have", "/promises?state=all&q=customer");
            pages.put("one promise", "/promises/" + kept.id(KEPT / 3));
            pages.put("needs attention", "/console/attention");
            for (Map.Entry<String, String> page : pages.entrySet()) {
                table.row(
                        String.format(Locale.ROOT, "console with %,d kept: %s", KEPT, page.getKey()),
                        times(http, page.getValue()));
            }
        }
    }

    private static String times(Http http, String path) throws Exception {
        long[] micros = new long[REPEATED];
        for (int i = 0; i < REPEATED; i++) {
            long start = System.nanoTime();
            Http.Answer answer = http.get(path, "Accept", "text/html");
            micros[i] = (System.nanoTime() - start) / 1_000;
            if (answer.status() != 200 || !answer.body().contains("</html>")) {
                throw new IllegalStateException(path + ": " + answer.body());
            }
        }
        String first = String.format(Locale.ROOT, "first %.1f ms", micros[0] / 1_000.0);
        Arrays.sort(micros);
        return first
                + String.format(
                        Locale.ROOT,
                        ", median %.1f ms, max %.1f ms",
                        micros[REPEATED / 2] / 1_000.0,
                        micros[REPEATED - 1] / 1_000.0);
    }
}
