package io.jenkins.plugins.promise.bench;

import io.jenkins.plugins.promise.testing.CommandProcess;
import io.jenkins.plugins.promise.testing.Http;
import io.jenkins.plugins.promise.testing.KeptPromises;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What lists, pages, searches and submissions cost when a million promises are kept. */
final class KeptBenchmark implements Benchmarks.Benchmark {
    private static final int KEPT = 1_000_000;
    private static final int REPEATED = 40;

    private final Benchmarks benchmarks;

    KeptBenchmark(Benchmarks benchmarks) {
        this.benchmarks = benchmarks;
    }

    @Override
    public void run(Table table) throws Exception {
        Path home = benchmarks.newFolder("kept");
        KeptPromises kept = new KeptPromises(home.resolve("ledger"));
        kept.fill(KEPT);
        Path suite = SubmitBenchmark.suite(benchmarks.newFolder("kept-suite"), "exec sleep 1000")
                .root();
        try (CommandProcess controller = benchmarks.serve(suite, home)) {
            Http http = new Http(controller.url());
            Map<String, String> lists = new LinkedHashMap<>();
            lists.put("first page of all", "state=all&limit=100");
            lists.put("a page from the middle", "state=all&limit=100&after=" + kept.id(KEPT / 2));
            lists.put("rejected ones", "state=rejected&limit=100");
            lists.put("of one job of a hundred", "state=all&job=job42&limit=100");
            lists.put("search for a word that one has", "state=all&q=part" + KEPT / 3);
            lists.put("search for a word that all have", "state=all&q=customer&limit=100");
            lists.put("search for two words", "state=all&q=customer+lot77&limit=100");
            for (Map.Entry<String, String> list : lists.entrySet()) {
                table.row(
                        String.format(Locale.ROOT, "with %,d kept: %s", KEPT, list.getKey()),
                        times(http, "/promises?" + list.getValue()));
            }
            try (CommandProcess empty = benchmarks.serve(suite, benchmarks.newFolder("kept-none"))) {
                new Turns()
                        .with(
                                String.format(Locale.ROOT, "with %,d kept: submit, accepted durably", KEPT),
                                controller.url() + SubmitBenchmark.SUBMIT)
                        .with("for comparison: the same with none kept", empty.url() + SubmitBenchmark.SUBMIT)
                        .run(table);
            }
        }
    }

    private static String times(Http http, String path) throws Exception {
        long[] micros = new long[REPEATED];
        for (int i = 0; i < REPEATED; i++) {
            long start = System.nanoTime();
            Http.Answer answer = http.get(path);
            micros[i] = (System.nanoTime() - start) / 1_000;
            if (answer.status() != 200 || answer.json().path("promises").isEmpty()) {
                throw new IllegalStateException(path + ": " + answer.body());
            }
        }
        Arrays.sort(micros);
        return String.format(
                Locale.ROOT,
                "median %.1f ms, max %.1f ms",
                micros[REPEATED / 2] / 1_000.0,
                micros[REPEATED - 1] / 1_000.0);
    }
}
