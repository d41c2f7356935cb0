package io.jenkins.plugins.promise.farm.local;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is to run.
 *
 * @param farm the farm's name
 * @param address where the controller is to answer
 * @param command what starts it
 * @param secrets the files that have variables' values, by variable
 * @param asked when it was asked for
 */
public record Wanted(String farm, String address, List<String> command, Map<String, String> secrets, Instant asked) {
    /** Copies what it is given. */
    public Wanted {
        command = List.copyOf(command);
        secrets = new TreeMap<>(secrets);
    }

    /** Is another where anything is but the time. */
    public String digest() {
        return Hashing.sha256()
                .hashString(
                        String.join("\n", farm, address, command.toString(), secrets.toString()),
                        StandardCharsets.UTF_8)
                .toString();
    }
}
