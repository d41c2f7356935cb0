package io.jenkins.plugins.promise.bench;

import io.jenkins.plugins.promise.testing.CommandProcess;
import io.jenkins.plugins.promise.testing.SuiteFolder;
import java.nio.file.Path;

/** How fast submissions are accepted, durably, by 16 clients at once. */
final class SubmitBenchmark implements Benchmarks.Benchmark {
    static final String FORM = "PART=s3%3A%2F%2Fparts%2F4711.stl&QUANTITY=12"
            + "&REPORT_RETURN_URL=http%3A%2F%2F127.0.0.1%3A1%2Freports%2F4711";
    /** Of the job of {@link #suite}. */
    static final String SUBMIT = "/promises/submit/work";

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
        Path database = benchmarks.newFolder("sqlite").resolve("queue.db");
        try (CommandProcess controller = benchmarks.serve(waiting.root(), benchmarks.newFolder("submit-waiting"));
                CommandProcess keyed = benchmarks.serve(waiting.root(), benchmarks.newFolder("submit-keyed"));
                CommandProcess memory = benchmarks.homeMade("memory");
                CommandProcess sqlite = benchmarks.homeMade(database.toString())) {
            new Turns()
                    .with("submit, accepted durably, executors busy", controller.url() + SUBMIT)
                    .withKeys("the same, each with an Idempotency-Key of its own", keyed.url() + SUBMIT)
                    .with("for comparison: bare endpoint, queue in memory, lost on a kill", memory.url() + "/submit")
                    .with("for comparison: bare endpoint, SQLite table, synchronous=FULL", sqlite.url() + "/submit")
                    .run(table);
        }
        SuiteFolder running = suite(benchmarks.newFolder("running"), "true");
        try (CommandProcess controller = benchmarks.serve(running.root(), benchmarks.newFolder("submit-running"))) {
            new Turns()
                    .with(
                            "submit, accepted durably, while 2 executors run bash workers and their reports are delivered",
                            controller.url() + SUBMIT)
                    .run(table);
        }
    }
}
