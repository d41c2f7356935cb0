package io.jenkins.plugins.promise.contract;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * How long builds are kept.
 *
 * @param days null for any number of days
 * @param builds null for any number of builds
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Keep(Integer days, Integer builds) {
    /** Everything is kept. */
    public static final Keep ALL = new Keep(null, null);
}
