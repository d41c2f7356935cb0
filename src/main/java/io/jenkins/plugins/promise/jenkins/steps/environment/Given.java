package io.jenkins.plugins.promise.jenkins.steps.environment;

import java.util.LinkedHashMap;
import java.util.Map;

/** A step's arguments by name, without those that are not given. */
final class Given {
    private Given() {}

    /**
     * Of names and values in turn.
     *
     * @param all a name, then its value, null if it is not given, and so on
     */
    static Map<String, Object> of(Object... all) {
        Map<String, Object> given = new LinkedHashMap<>();
        for (int i = 0; i < all.length; i += 2) {
            if (all[i + 1] != null) {
                given.put((String) all[i], all[i + 1]);
            }
        }
        return given;
    }
}
