package io.jenkins.plugins.promise.acceptance.host;

/** Keeps secrets unreadable on disk. */
public interface Sealer {
    /** A form of a secret that may be stored. */
    String seal(String secret);

    /**
     * The secret again.
     *
     * @throws CannotOpen if another key sealed it or it is damaged
     */
    String open(String stored);

    /** The same short text for the same content, from which the content cannot be guessed. */
    String fingerprint(String content);
}
