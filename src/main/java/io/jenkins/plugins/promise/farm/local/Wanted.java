package io.jenkins.plugins.promise.farm.local;

import com.google.common.hash.Hashing;
import io.jenkins.plugins.promise.farm.ControllerKind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is to run.
 *
 * @param farm the farm's name
 * @param kind what its controller is
 * @param address where the controller is to answer
 * @param command what starts it
 * @param secrets the files that have variables' values, by variable
 * @param agents what is to run beside it
 * @param asked when it was asked for
 */
public record Wanted(
        String farm,
        ControllerKind kind,
        String address,
        List<String> command,
        Map<String, String> secrets,
        List<Agent> agents,
        Instant asked) {
    private static final Duration LOCAL_COMES_UP_WITHIN = Duration.ofSeconds(60);
    /** It unpacks all of its plugins first. */
    private static final Duration JENKINS_COMES_UP_WITHIN = Duration.ofMinutes(5);

    /** Copies what it is given. */
    public Wanted {
        // What was written before farms of Jenkins ran here is of a local controller.
        kind = kind == null ? ControllerKind.LOCAL : kind;
        command = List.copyOf(command);
        secrets = new TreeMap<>(secrets);
        agents = agents == null ? List.of() : List.copyOf(agents);
    }

    /**
     * An agent.
     *
     * @param name its name
     * @param command what starts it
     */
    public record Agent(String name, List<String> command) {
        /** Copies what it is given. */
        public Agent {
            command = List.copyOf(command);
        }
    }

    /** Whether its controller is a Jenkins. */
    public boolean jenkins() {
        return kind == ControllerKind.JENKINS;
    }

    /** How long it may take until the controller answers. */
    public Duration comesUpWithin() {
        return jenkins() ? JENKINS_COMES_UP_WITHIN : LOCAL_COMES_UP_WITHIN;
    }

    /** Is another where anything is but the time. */
    public String digest() {
        return Hashing.sha256()
                .hashString(
                        String.join("\n", farm, address, command.toString(), secrets.toString(), agents.toString()),
                        StandardCharsets.UTF_8)
                .toString();
    }
}
