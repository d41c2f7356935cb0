package io.jenkins.plugins.promise.environment.book;

/**
 * That a manifest is to come to an environment.
 *
 * @param manifest its id
 * @param rollback whether it is one that was there before
 * @param who whoever asked for it
 * @param untested why it need not have a verdict; null if it must
 */
public record ReleaseRequest(String environment, String manifest, boolean rollback, String who, String untested) {
    /** A manifest that passed. */
    public static ReleaseRequest of(String environment, String manifest) {
        return new ReleaseRequest(environment, manifest, false, null, null);
    }
}
