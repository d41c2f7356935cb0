package io.jenkins.plugins.promise.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The token that lets a platform submit a job, kept as its SHA-256: it must be a long random one. */
public final class SubmitToken {
    private final String digest;

    @JsonCreator
    private SubmitToken(String digest) {
        this.digest = digest;
    }

    /** Keeps the digest of a token, and not the token. */
    public static SubmitToken of(String token) {
        return new SubmitToken(digest(token));
    }

    /** Whether this is the token; takes the same time whatever is given. */
    public boolean matches(String given) {
        return !given.isEmpty()
                && MessageDigest.isEqual(
                        digest.getBytes(StandardCharsets.US_ASCII),
                        digest(given).getBytes(StandardCharsets.US_ASCII));
    }

    /** The digest, as it is stored. */
    @JsonValue
    public String digest() {
        return digest;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SubmitToken token && token.digest.equals(digest);
    }

    @Override
    public int hashCode() {
        return digest.hashCode();
    }

    private static String digest(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
