package io.jenkins.plugins.promise.cli;

import io.jenkins.plugins.promise.acceptance.host.PromiseSettings;
import io.jenkins.plugins.promise.callback.CourierLimits;
import io.jenkins.plugins.promise.callback.RetrySchedule;
import io.jenkins.plugins.promise.callback.address.ReceiverPolicy;
import io.jenkins.plugins.promise.cli.serve.LeftoverOptions;
import io.jenkins.plugins.promise.contract.file.JobFileReader;
import io.jenkins.plugins.promise.local.LocalSettings;
import io.jenkins.plugins.promise.local.http.RequestLimits;
import io.jenkins.plugins.promise.local.worker.WorkerEnvironment;
import io.jenkins.plugins.promise.report.ReportReader;
import io.jenkins.plugins.promise.suite.Suite;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How a local controller is run. */
public final class ControllerOptions {
    @Option(
            names = "--executors",
            paramLabel = "N",
            description = "How many workers run at once (default: one a processor, at least 2).")
    private Integer executors;

    @Option(
            names = "--orchestrations",
            paramLabel = "N",
            defaultValue = "256",
            description = "How many orchestrations are under way at once (default: ${DEFAULT-VALUE}).")
    private int orchestrations;

    @Option(
            names = "--ledger",
            paramLabel = "URL",
            description = "Keep the promises in a database of PostgreSQL, which other controllers may share:"
                    + " postgresql://USER@HOST/DATABASE, the password in PROMISE_LEDGER_PASSWORD. Without it they are"
                    + " kept in a file of the home.")
    private String ledger;

    @Option(
            names = "--lease",
            paramLabel = "TIME",
            defaultValue = "30s",
            converter = Times.class,
            description = "After how much silence another controller of the same ledger is taken for dead, and its"
                    + " promises are taken over (default: ${DEFAULT-VALUE}).")
    private Duration lease;

    @Option(
            names = "--allow-receiver",
            paramLabel = "HOST",
            split = ",",
            description =
                    "Callbacks may go to these hosts only: a name, *.domain for all below one, or a range of addresses"
                            + " (10.0.0.0/8). What is named without a star is trusted also where it is this machine.")
    private List<String> receivers = new ArrayList<>();

    @Option(
            names = "--retry",
            paramLabel = "TIMES",
            split = ",",
            converter = Times.class,
            description = "When a delivery is tried again, as in 1s,5s,1m,1h; the last one repeats.")
    private List<Duration> retry = new ArrayList<>();

    @Option(
            names = "--give-up-after",
            paramLabel = "TIME",
            converter = Times.class,
            defaultValue = "3d",
            description = "When a delivery is given up (default: ${DEFAULT-VALUE}).")
    private Duration giveUpAfter;

    @Option(
            names = "--deadline",
            paramLabel = "TIME",
            converter = Times.class,
            defaultValue = "24h",
            description = "For contracts that have none (default: ${DEFAULT-VALUE}).")
    private Duration deadline;

    @Option(
            names = "--retention",
            paramLabel = "TIME",
            converter = Times.class,
            defaultValue = "30d",
            description = "How long closed promises are kept (default: ${DEFAULT-VALUE}).")
    private Duration retention;

    @Option(
            names = "--answer-within",
            paramLabel = "TIME",
            converter = Times.class,
            defaultValue = "30s",
            description = "How long a receiver may take to answer (default: ${DEFAULT-VALUE}).")
    private Duration answerWithin;

    @Option(
            names = "--max-report",
            paramLabel = "BYTES",
            defaultValue = "" + ReportReader.DEFAULT_MAX_BYTES,
            description = "How large a report.json may be (default: ${DEFAULT-VALUE}).")
    private int maxReport;

    @Option(
            names = "--max-body",
            paramLabel = "BYTES",
            defaultValue = "1048576",
            description = "How large a submission may be (default: ${DEFAULT-VALUE}).")
    private int maxBody;

    @Option(
            names = "--max-bundle",
            paramLabel = "BYTES",
            defaultValue = "16777216",
            description = "How large a deployed bundle may be (default: ${DEFAULT-VALUE}).")
    private int maxBundle;

    @Option(
            names = "--grace",
            paramLabel = "TIME",
            converter = Times.class,
            defaultValue = "10s",
            description = "How long workers may go on when it stops (default: ${DEFAULT-VALUE}).")
    private Duration grace;

    @Option(
            names = "--env",
            paramLabel = "NAME",
            split = ",",
            description =
                    "A variable that workers inherit besides PATH, HOME, LANG, LC_*, TERM, TMPDIR, TZ, USER, SHELL and"
                            + " JAVA_HOME; may be given many times.")
    private List<String> environment = new ArrayList<>();

    @Mixin
    private LeftoverOptions leftovers;

    LocalSettings settings(String host, int port, URI url, Path home, boolean open) {
        RetrySchedule standard = RetrySchedule.DEFAULT;
        return new LocalSettings(
                host,
                port,
                url,
                home,
                ledger == null ? null : LedgerArgument.shared(ledger),
                lease,
                executors == null ? Math.max(2, Runtime.getRuntime().availableProcessors()) : executors,
                orchestrations,
                open,
                new ReceiverPolicy(List.of("https", "http"), receivers, open),
                new RetrySchedule(retry.isEmpty() ? standard.delays() : retry, standard.jitter(), giveUpAfter),
                new CourierLimits(
                        CourierLimits.DEFAULT.perReceiver(),
                        CourierLimits.DEFAULT.perFailingReceiver(),
                        answerWithin.compareTo(CourierLimits.DEFAULT.connect()) < 0
                                ? answerWithin
                                : CourierLimits.DEFAULT.connect(),
                        answerWithin,
                        CourierLimits.DEFAULT.answerBytes()),
                new PromiseSettings(deadline, retention),
                maxReport,
                maxBody,
                maxBundle,
                RequestLimits.DEFAULT,
                leftovers.files(),
                leftovers.workspaces(),
                grace,
                LocalSettings.SCRIPT_LIMIT);
    }

    /** What workers inherit of this process' environment. */
    WorkerEnvironment workerEnvironment(Suite suite) {
        Set<String> tokens = suite.jobs().values().stream()
                .map(j -> j.file().tokenVariable())
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        for (String name : environment) {
            if (tokens.contains(name) || name.startsWith("PROMISE_")) {
                throw new CommandFailure(
                        ExitCode.USAGE, "--env " + name + ": submit tokens and PROMISE_ variables are not for workers");
            }
            if (System.getenv(name) == null) {
                throw new CommandFailure(ExitCode.USAGE, "--env " + name + ": there is no such variable");
            }
        }
        return WorkerEnvironment.of(System.getenv(), environment);
    }

    /** Complains about numbers that make no sense. */
    void check() {
        if ((executors != null && executors < 1)
                || orchestrations < 1
                || maxReport < 1
                || maxBody < 1
                || maxBundle < 1) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "--executors, --orchestrations, --max-report, --max-body and --max-bundle must be at least 1");
        }
        leftovers.check();
        try {
            var unused = new ReceiverPolicy(ReceiverPolicy.DEFAULT.schemes(), receivers, false);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, "--allow-receiver: " + e.getMessage());
        }
    }

    /** Reads times such as {@code 30s}; also {@code 200ms}, for trying things out. */
    public static final class Times implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            if (text.matches("[0-9]{1,9}ms")) {
                return Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - 2)));
            }
            return JobFileReader.duration(text)
                    .orElseThrow(() ->
                            new TypeConversionException("'" + text + "' is not a time such as 90s, 30m, 12h or 7d"));
        }
    }
}
