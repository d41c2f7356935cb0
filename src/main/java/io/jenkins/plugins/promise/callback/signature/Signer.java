package io.jenkins.plugins.promise.callback.signature;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Signs and verifies messages as the <a href="https://www.standardwebhooks.com">Standard Webhooks</a> specification has
 * it: HMAC-SHA256 over {@code id.timestamp.body}, base64, {@code v1,} before it, one signature a key during rotation.
 */
public final class Signer {
    private static final String SCHEME = "v1,";

    private final KeyRing keys;

    /** A signer that uses all these keys at once; at least one. */
    public Signer(List<SigningKey> keys) {
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("there must be a signing key");
        }
        List<SigningKey> fixed = new ArrayList<>(keys);
        this.keys = new KeyRing(() -> fixed);
    }

    /**
     * A signer that uses the keys there are at the moment. If there are none, or they cannot be read, it goes on with the
     * last ones that could be.
     *
     * @param keys is asked for each message
     */
    public Signer(Supplier<List<SigningKey>> keys) {
        this.keys = new KeyRing(keys);
    }

    /** Why the keys that there are at the moment cannot be used; nothing if they can. */
    public Optional<String> problem() {
        return keys.problem();
    }

    /**
     * The value of {@code webhook-signature}.
     *
     * @throws IllegalStateException if there never was a key that could be used
     */
    public String sign(String id, Instant timestamp, byte[] body) {
        byte[] content = content(id, timestamp.getEpochSecond(), body);
        return keys.current().stream()
                .map(k -> SCHEME + Base64.getEncoder().encodeToString(k.hmac(content)))
                .collect(Collectors.joining(" "));
    }

    /**
     * Whether a message is genuine and fresh.
     *
     * @param id the header {@code webhook-id}
     * @param timestamp the header {@code webhook-timestamp}, in seconds since 1970
     * @param signatures the header {@code webhook-signature}
     * @param tolerance how far the timestamp may lie from {@code now}
     */
    public boolean verify(
            String id, String timestamp, String signatures, byte[] body, Instant now, Duration tolerance) {
        if (id == null || timestamp == null || signatures == null || !timestamp.matches("[0-9]{1,12}")) {
            return false;
        }
        long seconds = Long.parseLong(timestamp);
        if (Math.abs(now.getEpochSecond() - seconds) > tolerance.toSeconds()) {
            return false;
        }
        byte[] content = content(id, seconds, body);
        boolean genuine = false;
        for (SigningKey key : keys.current()) {
            byte[] expected =
                    (SCHEME + Base64.getEncoder().encodeToString(key.hmac(content))).getBytes(StandardCharsets.UTF_8);
            for (String given : signatures.split(" ", -1)) {
                genuine |= MessageDigest.isEqual(expected, given.getBytes(StandardCharsets.UTF_8));
            }
        }
        return genuine;
    }

    private static byte[] content(String id, long seconds, byte[] body) {
        byte[] head = (id + "." + seconds + ".").getBytes(StandardCharsets.UTF_8);
        byte[] content = new byte[head.length + body.length];
        System.arraycopy(head, 0, content, 0, head.length);
        System.arraycopy(body, 0, content, head.length, body.length);
        return content;
    }
}
