package io.jenkins.plugins.promise.acceptance.host;

import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.report.ReportLog;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Where a host tells of promises. */
public final class Links {
    private final Supplier<String> base;
    private final Function<Promise, Optional<Long>> queueItem;
    private final Function<Promise, Optional<ReportLog>> log;

    /**
     * Links of a host.
     *
     * @param base its URL, without a slash at the end
     * @param queueItem the number of a promise's item in the host's queue; nothing while it has none
     * @param log where the log of a promise that runs is, and its end so far; nothing if there is none
     */
    public Links(
            Supplier<String> base,
            Function<Promise, Optional<Long>> queueItem,
            Function<Promise, Optional<ReportLog>> log) {
        this.base = base;
        this.queueItem = queueItem;
        this.log = log;
    }

    /** The host's URL, without a slash at the end. */
    public String root() {
        return base.get();
    }

    /** Where a job is submitted to. */
    public String submit(String job) {
        return base.get() + "/promises/submit/" + job;
    }

    /** Where a job or version is told of. */
    public String job(String name) {
        return base.get() + "/promises/jobs/" + name;
    }

    /** Where a promise's state is told. */
    public String promise(String id) {
        return base.get() + "/promises/" + id;
    }

    /** The number of a promise's item in the host's queue; nothing while it has none. */
    public Optional<Long> queueItem(Promise promise) {
        return queueItem.apply(promise);
    }

    /** The log of a promise that runs, as far as it has come; nothing if there is none, or it cannot be read. */
    public Optional<ReportLog> log(Promise promise) {
        return log.apply(promise);
    }

    /** Where it is told whether a promise still waits: its item in the host's queue, or what answers as that does. */
    public String queue(Promise promise) {
        return queueItem(promise)
                .map(number -> base.get() + "/queue/item/" + number + "/")
                .orElseGet(() -> promise(promise.id()) + "/queue/");
    }
}
