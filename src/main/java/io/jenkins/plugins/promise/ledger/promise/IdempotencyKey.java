package io.jenkins.plugins.promise.ledger.promise;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A client's own name for a submission, so that a repeated one is not accepted twice.
 *
 * @param job the common name it was used with
 * @param key as the client sent it
 * @param fingerprint of the inputs it came with
 */
public record IdempotencyKey(String job, String key, String fingerprint) {
    /** How many characters a key may have. */
    public static final int MAX_LENGTH = 255;

    /** The same for a job that has that common name now. */
    IdempotencyKey renamed(String then) {
        return new IdempotencyKey(then, key, fingerprint);
    }

    /** What the ledger finds the key by. */
    public String hash() {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest((job + "\n" + key).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
