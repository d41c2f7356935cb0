package io.jenkins.plugins.promise.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Something that was not as it should be.
 *
 * @param where file and line, as {@code file:line}
 * @param what what it is about
 * @param expected null where nothing definite was expected
 * @param observed null where nothing was observed
 */
public record Difference(String where, String what, String expected, String observed) {
    /** One that needs no comparison. */
    static Difference of(String where, String what) {
        return new Difference(where, what, null, null);
    }

    /**
     * The first place where a value lacks what is expected of it: every key that is expected must be there, lists must be
     * equal in length, and numbers in value.
     *
     * @param path the path of both
     */
    public static Optional<Place> first(String path, JsonNode expected, JsonNode observed) {
        if (expected.isObject() && observed != null && observed.isObject()) {
            List<String> names = new ArrayList<>();
            expected.fieldNames().forEachRemaining(names::add);
            return names.stream()
                    .map(n -> first(path + "." + n, expected.get(n), observed.get(n)))
                    .flatMap(Optional::stream)
                    .findFirst();
        }
        if (expected.isArray() && observed != null && observed.isArray() && expected.size() == observed.size()) {
            for (int index = 0; index < expected.size(); index++) {
                Optional<Place> below = first(path + "[" + index + "]", expected.get(index), observed.get(index));
                if (below.isPresent()) {
                    return below;
                }
            }
            return Optional.empty();
        }
        return same(expected, observed) ? Optional.empty() : Optional.of(new Place(path, expected, observed));
    }

    private static boolean same(JsonNode expected, JsonNode observed) {
        if (observed == null) {
            return expected.isNull();
        }
        if (expected.isNumber() && observed.isNumber()) {
            return expected.decimalValue().compareTo(observed.decimalValue()) == 0;
        }
        return Objects.equals(expected, observed);
    }

    @Override
    public String toString() {
        return where + ": " + what
                + (expected == null ? "" : "\n    - " + expected)
                + (observed == null ? "" : "\n    + " + observed);
    }

    /**
     * Where two values part.
     *
     * @param path of both
     * @param expected what is expected there
     * @param observed null for nothing
     */
    public record Place(String path, JsonNode expected, JsonNode observed) {}
}
