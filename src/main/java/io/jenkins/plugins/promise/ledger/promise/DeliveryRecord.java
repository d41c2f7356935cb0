package io.jenkins.plugins.promise.ledger.promise;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.jenkins.plugins.promise.callback.Delivery;
import io.jenkins.plugins.promise.contract.json.Json;

/** A delivery as the ledger keeps it: JSON, all of it. */
public final class DeliveryRecord {
    private static final ObjectWriter WRITER = Json.mapper().writerFor(Delivery.class);
    private static final ObjectReader READER = Json.mapper().readerFor(Delivery.class);

    private DeliveryRecord() {}

    /** Writes one. */
    public static String json(Delivery delivery) {
        try {
            return WRITER.writeValueAsString(delivery);
        } catch (JacksonException e) {
            throw new IllegalStateException("a delivery is made of texts and numbers", e);
        }
    }

    /**
     * Reads one.
     *
     * @throws UnreadableRecord if it is damaged
     */
    public static Delivery read(String json) throws UnreadableRecord {
        try {
            Delivery delivery = READER.readValue(json);
            if (delivery == null
                    || delivery.input() == null
                    || delivery.receives() == null
                    || delivery.url() == null
                    || delivery.webhookId() == null
                    || delivery.state() == null) {
                throw new UnreadableRecord("something of it is missing");
            }
            return delivery;
        } catch (JacksonException e) {
            throw new UnreadableRecord(e.getOriginalMessage());
        }
    }
}
