package io.jenkins.plugins.promise.bench;

import io.jenkins.plugins.promise.callback.Attempt;
import io.jenkins.plugins.promise.callback.Delivery;
import io.jenkins.plugins.promise.callback.RetrySchedule;
import io.jenkins.plugins.promise.contract.Receives;
import io.jenkins.plugins.promise.ledger.Ledger;
import io.jenkins.plugins.promise.ledger.controllers.ControllerIdentity;
import io.jenkins.plugins.promise.ledger.database.LedgerLoad;
import io.jenkins.plugins.promise.ledger.database.LedgerLocation;
import io.jenkins.plugins.promise.ledger.promise.Origin;
import io.jenkins.plugins.promise.ledger.promise.Progress;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.ledger.promise.PromiseId;
import io.jenkins.plugins.promise.ledger.promise.Submitter;
import io.jenkins.plugins.promise.report.ReportStatus;
import io.jenkins.plugins.promise.testing.Postgres;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** What a promise costs the ledger, part by part, without HTTP, builds and callbacks; and what follows from it. */
final class CostBenchmark implements Benchmarks.Benchmark {
    private static final int PROMISES = 8_000;
    private static final int CLIENTS = 16;
    private static final byte[] REPORT =
            ("{\"process\":\"work-v1-1234567\",\"status\":\"SUCCESS\",\"reason\":\"exit code 0\","
                            + "\"data\":{\"volume_mm3\":1000.0},\"log\":{\"url\":\"http://ci/log\",\"tail\":[\"done\"],\"truncated\":false}}")
                    .getBytes(StandardCharsets.UTF_8);

    private final Benchmarks benchmarks;

    CostBenchmark(Benchmarks benchmarks) {
        this.benchmarks = benchmarks;
    }

    @Override
    public void run(Table table) throws Exception {
        Path folder = benchmarks.newFolder("cost");
        double embedded = measure(table, "SQLite", new LedgerLocation.Embedded(folder));
        try (var files = Files.list(folder)) {
            long bytes = files.mapToLong(f -> f.toFile().length()).sum();
            table.row("bytes on disk for a promise with one callback, settled", bytes / PROMISES + " bytes");
        }
        try (Postgres postgres = new Postgres()) {
            double shared = measure(table, "PostgreSQL", postgres.newLocation());
            new ScaleSimulation(shared).run(table);
        }
        table.row(
                "what one controller and SQLite carry at most, from that",
                String.format(Locale.ROOT, "%,.0f promises a second", 1_000 / embedded));
    }

    /** Milliseconds of the one writer for a whole promise. */
    private double measure(Table table, String engine, LedgerLocation location) throws Exception {
        Map<String, Function<Ledger, Function<Integer, Object>>> parts = new LinkedHashMap<>();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < PROMISES; i++) {
            ids.add(PromiseId.create());
        }
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        parts.put("accepted", l -> i -> l.accept(promise(ids.get(i), now)).join());
        parts.put(
                "started",
                l -> i -> l.change(ids.get(i), p -> p.running("local", now)).join());
        parts.put(
                "settled",
                l -> i -> l.settle(ids.get(i), p -> p.settled(ReportStatus.SUCCESS, "exit code 0", now), REPORT)
                        .join());
        parts.put(
                "delivered",
                l -> i -> l.change(
                                ids.get(i),
                                p -> p.withDelivery(
                                        "R",
                                        d -> d.after(
                                                d, new Attempt(now, 3, 200, null, null), RetrySchedule.DEFAULT, now)))
                        .join());
        double all = 0;
        try (Ledger ledger =
                Ledger.open(location, ControllerIdentity.begin("cost", "http://nowhere"), Clock.systemUTC())) {
            for (Map.Entry<String, Function<Ledger, Function<Integer, Object>>> part : parts.entrySet()) {
                LedgerLoad before = ledger.load();
                double millis = together(part.getValue().apply(ledger)) / PROMISES;
                LedgerLoad after = ledger.load();
                all += millis;
                table.row(
                        engine + ": a promise " + part.getKey() + ", " + CLIENTS + " at a time",
                        String.format(
                                Locale.ROOT,
                                "%.3f ms of the writer, %.2f flushes",
                                millis,
                                (double) (after.transactions() - before.transactions()) / PROMISES));
            }
        }
        return all;
    }

    private static double together(Function<Integer, Object> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        List<Callable<Void>> clients = new ArrayList<>();
        for (int client = 0; client < CLIENTS; client++) {
            int first = client;
            clients.add(() -> {
                for (int i = first; i < PROMISES; i += CLIENTS) {
                    var unused = work.apply(i);
                }
                return null;
            });
        }
        long start = System.nanoTime();
        for (Future<Void> done : threads.invokeAll(clients)) {
            done.get();
        }
        threads.shutdown();
        return (System.nanoTime() - start) / 1e6;
    }

    private static Promise promise(String id, Instant now) {
        return new Promise(
                0,
                id,
                "work",
                "work-v1-1234567",
                "worker",
                Map.of("PART", "s3://parts/4711.stl", "QUANTITY", "12", "R", "http://127.0.0.1:1/reports/4711"),
                List.of(),
                now,
                now.plusSeconds(86_400),
                new Origin.Outside(null, Submitter.UNKNOWN),
                Progress.Pending.NEW,
                List.of(Delivery.planned(id, "R", Receives.REPORT, URI.create("http://127.0.0.1:1/reports/4711"))),
                List.of(),
                0);
    }
}
