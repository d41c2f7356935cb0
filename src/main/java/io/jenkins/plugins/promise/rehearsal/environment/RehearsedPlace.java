package io.jenkins.plugins.promise.rehearsal.environment;

import io.jenkins.plugins.promise.contract.file.JobFileReader;
import io.jenkins.plugins.promise.contract.yaml.YamlMapping;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An environment at the beginning of a rehearsal.
 *
 * @param after the environment before it; null for none
 * @param there the commits of its head, by component
 * @param tested what has passed and may come there: commits by component
 * @param leased how long somebody else has it
 * @param approved how long it takes until somebody approves; nothing if nobody ever does
 */
public record RehearsedPlace(
        String after,
        Map<String, String> there,
        List<Map<String, String>> tested,
        Duration leased,
        Optional<Duration> approved) {
    /** One that nothing is said of: nothing is there, and everything is had at once. */
    public static final RehearsedPlace EMPTY =
            new RehearsedPlace(null, Map.of(), List.of(), Duration.ZERO, Optional.of(Duration.ZERO));

    private static final String NEVER = "never";

    /** Copies what it is given. */
    public RehearsedPlace {
        there = new TreeMap<>(there);
        tested = new ArrayList<>(tested);
    }

    /** Reads the environments of a rehearsal, and tells what is wrong with them. */
    public static Map<String, RehearsedPlace> all(YamlMapping yaml) {
        Map<String, RehearsedPlace> all = new LinkedHashMap<>();
        yaml.keys().forEach(name -> all.put(name, read(yaml.mapping(name))));
        return all;
    }

    private static RehearsedPlace read(YamlMapping yaml) {
        List<Map<String, String>> tested = new ArrayList<>();
        yaml.mappings("tested").forEach(one -> tested.add(commits(one)));
        boolean never = NEVER.equals(yaml.text("approved"));
        RehearsedPlace place = new RehearsedPlace(
                yaml.text("after"),
                commits(yaml.mapping("there")),
                tested,
                time("leased", yaml),
                never ? Optional.empty() : Optional.of(time("approved", yaml)));
        yaml.refuseOthers();
        return place;
    }

    private static Map<String, String> commits(YamlMapping yaml) {
        Map<String, String> commits = new TreeMap<>();
        for (String component : yaml.keys()) {
            String commit = yaml.text(component);
            if (commit == null || commit.isBlank()) {
                yaml.error(component, "needs a commit");
            } else {
                commits.put(component, commit);
            }
        }
        return commits;
    }

    private static Duration time(String key, YamlMapping yaml) {
        String text = yaml.text(key);
        Optional<Duration> read = text == null ? Optional.of(Duration.ZERO) : JobFileReader.duration(text);
        if (read.isEmpty()) {
            yaml.error(key, "must be a time such as 90s or 30m" + (key.equals("approved") ? ", or never" : ""));
        }
        return read.orElse(Duration.ZERO);
    }
}
