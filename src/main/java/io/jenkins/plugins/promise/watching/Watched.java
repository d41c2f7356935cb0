package io.jenkins.plugins.promise.watching;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;

/**
 * What is known of a component that is watched.
 *
 * @param component its name
 * @param passed the last commit whose build-test passed; null if none has
 * @param started the last commit that was started; null if none was
 * @param promise the promise of that; null if none was started
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Watched(String component, String passed, String started, String promise) {
    /** Nothing. */
    static Watched none(String component) {
        return new Watched(component, null, null, null);
    }

    /**
     * A branch as it was seen last.
     *
     * @param repository what git clones
     * @param branch its name
     * @param head its commit; null if it is not there
     * @param told what was found out then
     * @param since when it was seen like that first
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Seen(String repository, String branch, String head, String told, Instant since) {}
}
