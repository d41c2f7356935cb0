package io.jenkins.plugins.promise.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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

    /** The most that {@code days} may be. */
    public static final int MAX_DAYS = 36_500;

    /** The most that {@code builds} may be. */
    public static final int MAX_BUILDS = 1_000_000;

    List<Violation> problems() {
        List<Violation> found = new ArrayList<>();
        range(days, MAX_DAYS).ifPresent(p -> found.add(new Violation("days", p)));
        range(builds, MAX_BUILDS).ifPresent(p -> found.add(new Violation("builds", p)));
        return found;
    }

    /** What is wrong with a number that must be from 1 to that; null is none. */
    static Optional<String> range(Integer number, int most) {
        return number == null || (number >= 1 && number <= most)
                ? Optional.empty()
                : Optional.of("must be a whole number from 1 to " + most);
    }
}
