package io.jenkins.plugins.promise.cli;

import com.sun.net.httpserver.HttpExchange;
import io.jenkins.plugins.promise.callback.signature.Signer;
import java.time.Duration;
import java.time.Instant;

/**
 * Whether a callback comes from the controller.
 *
 * @param signer has the controller's keys
 */
public record SignatureCheck(Signer signer) {
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    /** Whether a request is signed with one of the keys, and its time is that of now within five minutes. */
    public boolean genuine(HttpExchange exchange, byte[] body, Instant now) {
        return signer.verify(
                exchange.getRequestHeaders().getFirst("webhook-id"),
                exchange.getRequestHeaders().getFirst("webhook-timestamp"),
                exchange.getRequestHeaders().getFirst("webhook-signature"),
                body,
                now,
                TOLERANCE);
    }
}
