package io.jenkins.plugins.promise.acceptance;

import io.jenkins.plugins.promise.acceptance.host.Links;
import io.jenkins.plugins.promise.acceptance.host.PromiseSettings;
import io.jenkins.plugins.promise.callback.Courier;
import io.jenkins.plugins.promise.callback.CourierLimits;
import io.jenkins.plugins.promise.callback.RetrySchedule;
import io.jenkins.plugins.promise.callback.address.EndpointGuard;
import io.jenkins.plugins.promise.callback.address.ReceiverPolicy;
import io.jenkins.plugins.promise.callback.signature.Signer;
import io.jenkins.plugins.promise.callback.signature.SigningKey;
import io.jenkins.plugins.promise.deployment.AcceptanceGate;
import io.jenkins.plugins.promise.deployment.Catalog;
import io.jenkins.plugins.promise.ledger.Ledger;
import io.jenkins.plugins.promise.testing.PlainSealer;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Promises as most tests need them: one lane, public receivers only, secrets as they are. */
final class PlainPromises {
    private PlainPromises() {}

    static Promises over(Ledger ledger, Catalog catalog, Clock clock) {
        EndpointGuard guard = new EndpointGuard(ReceiverPolicy.DEFAULT);
        return new Promises(
                ledger,
                catalog,
                new AcceptanceGate(),
                new PlainSealer(),
                guard,
                (job, call, inputs) -> "lane",
                new Links(() -> "http://here", p -> Optional.of(p.number()), p -> Optional.empty()),
                () -> RetrySchedule.DEFAULT,
                () -> PromiseSettings.DEFAULT,
                clock,
                outbox -> new Courier(
                        outbox, guard, new Signer(List.of(SigningKey.generate())), CourierLimits.DEFAULT, clock));
    }
}
