package io.jenkins.plugins.promise.ledger;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.jenkins.plugins.promise.callback.Delivery;
import io.jenkins.plugins.promise.contract.json.Json;
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
 */
record NewPromise(Promise promise, String record, List<String> deliveries, String words) {
    private static final ObjectWriter DELIVERY = Json.mapper().writerFor(Delivery.class);

    static NewPromise of(Promise promise) {
        return new NewPromise(
                promise,
                PromiseRecord.of(promise).json(),
                promise.deliveries().stream().map(NewPromise::json).toList(),
                PromiseWords.text(promise));
    }

    private static String json(Delivery delivery) {
        try {
            return DELIVERY.writeValueAsString(delivery);
        } catch (JacksonException e) {
            throw new IllegalStateException("a delivery is made of texts and numbers", e);
        }
    }
}
