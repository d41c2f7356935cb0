package io.jenkins.plugins.promise.watching;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;

/**
 * What is known of a component that is watched.
 *
 * @param component its name
 * @param repository what it is cloned from
 * @param branch the branch whose commits are built
 * @param since when it was declared as it is
 * @param passed the last commit whose build-test passed; null if none has
 * @param started the last commit that was started; null if none was
 * @param promise the promise of that; null if none was started
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Watched(
        String component,
        String repository,
        String branch,
        Instant since,
        String passed,
        String started,
        String promise) {
    /**
     * How far a component is.
     *
     * @param passed the last commit whose build-test passed; null if none has
     * @param started the last commit that was started; null if none was
     * @param promise the promise of that; null if none was started
     * @param noted the number of the promise that was taken note of last; 0 if none was
     */
    record Progress(String passed, String started, String promise, long noted) {
        /** Nothing. */
        static final Progress NONE = new Progress(null, null, null, 0);
    }

    static Watched of(DeclaredComponents.Declared declared, Progress progress) {
        return new Watched(
                declared.component().name(),
                declared.component().repository(),
                declared.component().branch(),
                declared.since(),
                progress.passed(),
                progress.started(),
                progress.promise());
    }

    /**
     * A branch as it was seen last.
     *
     * @param repository what git clones
     * @param branch its name
     * @param head its commit; null if it is not there
     * @param told what was found out then
     * @param since when it was seen like that first
     * @param error what went wrong last, even if all has been well since; null if nothing ever has
     * @param errorSince when that was seen first; null if nothing ever has
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Seen(
            String repository,
            String branch,
            String head,
            String told,
            Instant since,
            String error,
            Instant errorSince) {}
}
