package io.jenkins.plugins.promise.bench;

import io.jenkins.plugins.promise.testing.CommandProcess;
import io.jenkins.plugins.promise.testing.SuiteFolder;
import java.net.URI;
import java.nio.file.Path;

/** How fast submissions are accepted, durably, by 16 clients at once. */
final class SubmitBenchmark implements Benchmarks.Benchmark {
    static final String FORM = "PART=s3%3A%2F%2Fparts%2F4711.stl&QUANTITY=12"
            + "&REPORT_RETURN_URL=http%3A%2F%2F127.0.0.1%3A1%2Freports%2F4711";
    /** Enough for the compiler to be done: cold, our endpoint is slower than a bare one by what it has more of code. */
    static final int WARM_UP = 80_000;

    static final int REQUESTS = 20_000;

    private final Benchmarks benchmarks;

    SubmitBenchmark(Benchmarks benchmarks) {
        this.benchmarks = benchmarks;
    }

    static SuiteFolder suite(Path folder, String script) {
        return new SuiteFolder(folder)
                .worker(
                        "work",
                        script,
                        "inputs:",
                        "  PART: { required: true, type: uri }",
                        "  QUANTITY: { type: integer, default: 1 }",
                        "  REPORT_RETURN_URL: { required: true, type: callback, receives: report }");
    }

    @Override
    public void run(Table table) throws Exception {
        SuiteFolder waiting = suite(benchmarks.newFolder("waiting"), "exec sleep 1000");
        try (CommandProcess controller = benchmarks.serve(waiting.root(), benchmarks.newFolder("submit-waiting"))) {
            measure(table, "submit, accepted durably, executors busy", controller.url() + "/promises/submit/work");
        }
        try (CommandProcess controller = benchmarks.serve(waiting.root(), benchmarks.newFolder("submit-keyed"))) {
            URI url = URI.create(controller.url() + "/promises/submit/work");
            Load.postKeyed(url, FORM, WARM_UP);
            table.row("the same, each with an Idempotency-Key of its own", Load.postKeyed(url, FORM, REQUESTS));
        }
        SuiteFolder running = suite(benchmarks.newFolder("running"), "true");
        try (CommandProcess controller = benchmarks.serve(running.root(), benchmarks.newFolder("submit-running"))) {
            measure(
                    table,
                    "submit, accepted durably, while 2 executors run bash workers and their reports are delivered",
                    controller.url() + "/promises/submit/work");
        }
        try (CommandProcess memory = benchmarks.homeMade("memory")) {
            measure(table, "for comparison: bare endpoint, queue in memory, lost on a kill", memory.url() + "/submit");
        }
        Path database = benchmarks.newFolder("sqlite").resolve("queue.db");
        try (CommandProcess sqlite = benchmarks.homeMade(database.toString())) {
            measure(table, "for comparison: bare endpoint, SQLite table, synchronous=FULL", sqlite.url() + "/submit");
        }
    }

    private static void measure(Table table, String what, String url) throws Exception {
        Load.post(URI.create(url), FORM, WARM_UP);
        table.row(what, Load.post(URI.create(url), FORM, REQUESTS));
    }
}
