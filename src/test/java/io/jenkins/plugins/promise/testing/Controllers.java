package io.jenkins.plugins.promise.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.promise.acceptance.host.PromiseSettings;
import io.jenkins.plugins.promise.callback.CourierLimits;
import io.jenkins.plugins.promise.callback.RetrySchedule;
import io.jenkins.plugins.promise.callback.address.ReceiverPolicy;
import io.jenkins.plugins.promise.deployment.DeployOptions;
import io.jenkins.plugins.promise.engine.compiler.OrchestrationCompiler;
import io.jenkins.plugins.promise.ledger.database.LedgerLocation;
import io.jenkins.plugins.promise.local.LocalController;
import io.jenkins.plugins.promise.local.LocalSettings;
import io.jenkins.plugins.promise.local.files.FileSettings;
import io.jenkins.plugins.promise.local.http.RequestLimits;
import io.jenkins.plugins.promise.local.worker.WorkerEnvironment;
import io.jenkins.plugins.promise.local.worker.WorkspaceLimits;
import io.jenkins.plugins.promise.suite.Suite;
import io.jenkins.plugins.promise.suite.SuiteCompiler;
import io.jenkins.plugins.promise.suite.SuiteReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Local controllers in this process, with quick retries. */
public final class Controllers {
    private static final OrchestrationCompiler COMPILER = new OrchestrationCompiler();

    private final Path home;
    private boolean open = true;
    private Duration giveUpAfter = Duration.ofDays(3);
    private Duration answerWithin = Duration.ofSeconds(2);
    private int executors = 4;
    private int port;
    private ReceiverPolicy receivers;
    private LedgerLocation ledger;
    private RequestLimits requests = RequestLimits.DEFAULT;
    private FileSettings files = FileSettings.DEFAULT;
    private WorkspaceLimits workspaces = WorkspaceLimits.DEFAULT;
    private List<String> named = List.of();
    private Duration scriptLimit = LocalSettings.SCRIPT_LIMIT;
    private final Map<String, String> environment = new HashMap<>(System.getenv());

    public Controllers(Path home) {
        this.home = home;
    }

    public Controllers closed() {
        open = false;
        return this;
    }

    public Controllers port(int number) {
        port = number;
        return this;
    }

    public Controllers executors(int number) {
        executors = number;
        return this;
    }

    public Controllers giveUpAfter(Duration time) {
        giveUpAfter = time;
        return this;
    }

    public Controllers answerWithin(Duration time) {
        answerWithin = time;
        return this;
    }

    public Controllers scriptLimit(Duration time) {
        scriptLimit = time;
        return this;
    }

    public Controllers receivers(ReceiverPolicy policy) {
        receivers = policy;
        return this;
    }

    /** Where promises are kept, instead of a file of the home. */
    public Controllers ledger(LedgerLocation location) {
        ledger = location;
        return this;
    }

    public Controllers requests(RequestLimits limits) {
        requests = limits;
        return this;
    }

    public Controllers workspaces(WorkspaceLimits limits) {
        workspaces = limits;
        return this;
    }

    public Controllers files(FileSettings settings) {
        files = settings;
        return this;
    }

    /** Which of the variables workers inherit besides the usual ones. */
    public Controllers inherited(String... names) {
        named = List.of(names);
        return this;
    }

    public Controllers variable(String name, String value) {
        environment.put(name, value);
        return this;
    }

    public LocalController start(SuiteFolder folder) throws IOException {
        SuiteReader reader = new SuiteReader(COMPILER);
        Suite suite = reader.read(folder.root());
        assertThat(suite.errors()).isEmpty();
        var unused = EmbeddedLedger.in(home.resolve("ledger"));
        return LocalController.start(
                new LocalSettings(
                        "127.0.0.1",
                        port,
                        null,
                        home,
                        ledger,
                        Duration.ofSeconds(30),
                        executors,
                        100,
                        open,
                        receivers == null ? new ReceiverPolicy(List.of("http", "https"), List.of(), open) : receivers,
                        new RetrySchedule(
                                List.of(Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(200)),
                                0.1,
                                giveUpAfter),
                        new CourierLimits(16, 2, answerWithin, answerWithin, 2_048),
                        PromiseSettings.DEFAULT,
                        100_000,
                        1 << 20,
                        1 << 20,
                        requests,
                        files,
                        workspaces,
                        Duration.ofMillis(200),
                        scriptLimit),
                COMPILER,
                new SuiteCompiler(reader, environment).compile(suite),
                // Tests start one home with several folders, whose names are their suites'.
                new DeployOptions(false, true),
                WorkerEnvironment.of(environment, named));
    }
}
