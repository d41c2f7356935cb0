package io.jenkins.plugins.promise.ledger;

import io.jenkins.plugins.promise.ledger.promise.DeliveryRecord;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.ledger.promise.PromiseRecord;
import java.util.List;

/**
 * A promise that is to be taken in, with all that can be written of it before it is its turn: whoever submits it does that,
 * and the one thread that writes has less to do.
 *
 * @param promise without a number
 * @param record what stands in no column
 * @param deliveries one record for each
 * @param words by which it is found
 * @param keyHash what the ledger finds its key by; null for none
 */
record NewPromise(Promise promise, String record, List<String> deliveries, String words, String keyHash) {
    static NewPromise of(Promise promise) {
        return new NewPromise(
                promise,
                PromiseRecord.of(promise).json(),
                promise.deliveries().stream().map(DeliveryRecord::json).toList(),
                PromiseWords.text(promise),
                promise.key() == null ? null : promise.key().hash());
    }
}
