package io.jenkins.plugins.promise.acceptance;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;

/**
 * What a promise waits for.
 *
 * @param what a word: {@code turn}, {@code concurrency}, {@code executor}, {@code job}, {@code version}, {@code worker}, {@code lease}, {@code approval},
 *     {@code delivery}
 * @param detail in a sentence, for people
 * @param since since when it waits
 * @param before how many wait before it; null where that is not the question
 * @param stuck whether it does not come by itself: a person must help
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WaitsFor(
        String what,
        String detail,
        Instant since,
        Integer before,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean stuck) {}
