package io.jenkins.plugins.promise.acceptance.submission;

import io.jenkins.plugins.promise.acceptance.host.Lanes;
import io.jenkins.plugins.promise.acceptance.host.PromiseSettings;
import io.jenkins.plugins.promise.callback.Delivery;
import io.jenkins.plugins.promise.contract.CheckedInputs;
import io.jenkins.plugins.promise.contract.Input;
import io.jenkins.plugins.promise.contract.Receives;
import io.jenkins.plugins.promise.deployment.bundle.Deployed;
import io.jenkins.plugins.promise.ledger.promise.IdempotencyKey;
import io.jenkins.plugins.promise.ledger.promise.Origin;
import io.jenkins.plugins.promise.ledger.promise.Progress;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.ledger.promise.PromiseId;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Makes promises of submissions that were checked, from memory alone. */
public final class Drafts {
    private final Secrets secrets;
    private final Lanes lanes;
    private final Supplier<PromiseSettings> settings;
    private final Clock clock;

    public Drafts(Secrets secrets, Lanes lanes, Supplier<PromiseSettings> settings, Clock clock) {
        this.secrets = secrets;
        this.lanes = lanes;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * A promise that waits for its build and is not in the ledger.
     *
     * @param inputs without violations
     * @param key null for none
     */
    Promise of(Deployed job, CheckedInputs inputs, Submission submission, IdempotencyKey key) {
        String id = submission.parent() == null
                ? PromiseId.create()
                : submission.parent().id();
        return of(job, inputs, submission, key, id);
    }

    /** The same, under that id. */
    Promise of(Deployed job, CheckedInputs inputs, Submission submission, IdempotencyKey key, String id) {
        Origin origin = submission.parent() == null
                ? new Origin.Outside(key, submission.submitter())
                : new Origin.Called(submission.parent());
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Map<String, String> values = inputs.strings();
        List<String> secretNames = Secrets.names(job.contract(), values);
        Map<String, String> clear = new TreeMap<>(values);
        clear.keySet().removeAll(secretNames);
        return new Promise(
                0,
                id,
                job.name(),
                job.version(),
                lanes.of(job, submission.parent(), clear),
                secrets.seal(values, secretNames),
                secretNames,
                now,
                now.plus(deadline(job)).truncatedTo(ChronoUnit.MILLIS),
                origin,
                Progress.Pending.NEW,
                deliveries(job, id, values, now),
                List.of(),
                0);
    }

    private Duration deadline(Deployed job) {
        return job.contract().deadline() == null
                ? settings.get().deadline()
                : job.contract().deadline();
    }

    private static List<Delivery> deliveries(Deployed job, String id, Map<String, String> values, Instant now) {
        List<Delivery> deliveries = new ArrayList<>();
        for (Input callback : job.contract().callbacks()) {
            String url = values.get(callback.name());
            if (url != null) {
                Delivery delivery = Delivery.planned(id, callback.name(), callback.receives(), URI.create(url));
                deliveries.add(callback.receives() == Receives.REGISTRATION ? delivery.ready(now) : delivery);
            }
        }
        return deliveries;
    }
}
