package io.jenkins.plugins.promise.callback.signature;

import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A symmetric signing key as Standard Webhooks writes it: {@code whsec_} and 24 to 64 bytes in base64. */
public final class SigningKey {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String PREFIX = "whsec_";
    private static final int MIN_BYTES = 24;
    private static final int MAX_BYTES = 64;

    private final byte[] bytes;

    private SigningKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Reads a key.
     *
     * @throws IllegalArgumentException if it is none; the message does not hold the key
     */
    public static SigningKey parse(String text) {
        String trimmed = text.trim();
        byte[] bytes;
        try {
            bytes = Base64.getDecoder()
                    .decode(trimmed.startsWith(PREFIX) ? trimmed.substring(PREFIX.length()) : trimmed);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("a signing key must be whsec_ and base64", e);
        }
        if (bytes.length < MIN_BYTES || bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException("a signing key must have 24 to 64 bytes, not " + bytes.length);
        }
        return new SigningKey(bytes);
    }

    /** A new key. */
    public static SigningKey generate() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return new SigningKey(bytes);
    }

    /** The key as it is written in a file or given to a receiver. */
    public String text() {
        return PREFIX + Base64.getEncoder().encodeToString(bytes);
    }

    byte[] hmac(byte[] content) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(bytes, "HmacSHA256"));
            return mac.doFinal(content);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    /** Never the key. */
    @Override
    public String toString() {
        return "SigningKey";
    }
}
