package io.jenkins.plugins.promise.bench;

import io.jenkins.plugins.promise.testing.CommandProcess;
import io.jenkins.plugins.promise.testing.Eventually;
import io.jenkins.plugins.promise.testing.Postgres;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;

/** How soon the promises of a controller that was killed are those of another one at the same PostgreSQL. */
final class AdoptionBenchmark implements Benchmarks.Benchmark {
    private static final int OPEN = 1_000;
    private static final int LEASE_SECONDS = 30;

    private final Benchmarks benchmarks;

    AdoptionBenchmark(Benchmarks benchmarks) {
        this.benchmarks = benchmarks;
    }

    @Override
    public void run(Table table) throws Exception {
        Path suite = SubmitBenchmark.suite(benchmarks.newFolder("adopted"), "exec sleep 1000")
                .root();
        try (Postgres postgres = new Postgres()) {
            String ledger = postgres.newDatabase();
            String[] options = {"--ledger", ledger, "--lease", LEASE_SECONDS + "s"};
            try (CommandProcess survivor = benchmarks.serve(suite, benchmarks.newFolder("survivor"), options)) {
                survivor.url();
                try (CommandProcess killed = benchmarks.serve(suite, benchmarks.newFolder("killed"), options)) {
                    URI submit = URI.create(killed.url() + "/promises/submit/work");
                    Load.Figures figures = Load.post(submit, SubmitBenchmark.FORM, OPEN);
                    table.row("submit, accepted durably in PostgreSQL, one of two controllers", figures);
                    killed.kill();
                }
                long start = System.nanoTime();
                Eventually.until("all are taken over", Duration.ofMinutes(2), () -> takenOver(ledger) == OPEN);
                table.row(
                        "adoption of " + OPEN + " promises of a controller that was killed, lease " + LEASE_SECONDS
                                + " s",
                        String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - start) / 1e9));
            }
        }
    }

    private static int takenOver(String ledger) throws Exception {
        String jdbc = "jdbc:" + ledger.replace("postgres@", "");
        try (Connection connection = DriverManager.getConnection(jdbc, "postgres", "postgres");
                Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("SELECT count(*) FROM promise WHERE epoch = 1 AND open = 1")) {
            count.next();
            return count.getInt(1);
        }
    }
}
