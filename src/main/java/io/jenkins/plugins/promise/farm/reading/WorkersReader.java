package io.jenkins.plugins.promise.farm.reading;

import com.google.re2j.Pattern;
import io.jenkins.plugins.promise.contract.yaml.YamlMapping;
import io.jenkins.plugins.promise.farm.Attach;
import io.jenkins.plugins.promise.farm.WorkerType;
import io.jenkins.plugins.promise.suite.RequirementsReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the worker types of a farm. */
final class WorkersReader {
    /** How many agents of a type there may be. */
    private static final int MOST = 10_000;

    private static final int MOST_EXECUTORS = 1_000;
    private static final int DISK = 30;
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]{0,19}");
    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,59}");
    private static final RequirementsReader REQUIREMENTS = new RequirementsReader(
            Pattern.compile("[0-9A-Za-z][0-9A-Za-z.+_-]{0,59}"),
            "must be a version that the machines have, as in 8.12.0");

    private WorkersReader() {}

    static Map<String, WorkerType> read(YamlMapping yaml, boolean zones) {
        Map<String, WorkerType> workers = new LinkedHashMap<>();
        for (String name : yaml.keys()) {
            if (!NAME.matches(name)) {
                yaml.error(name, "is no worker type's name: use small letters and digits, a letter first, at most 20");
            }
            workers.put(name, worker(name, yaml.mapping(name), zones));
        }
        return workers;
    }

    private static WorkerType worker(String name, YamlMapping yaml, boolean zones) {
        Integer count = yaml.count("count", MOST);
        int agents = count == null ? 1 : count;
        Integer max = yaml.count("max", MOST);
        if (max != null && max < agents) {
            yaml.error("max", "is less than count, " + agents);
        }
        Integer executors = yaml.count("executors", MOST_EXECUTORS);
        List<String> labels = yaml.texts("labels");
        for (String label : labels) {
            if (!LABEL.matches(label)) {
                yaml.error("labels", "'" + label + "' is no label: use letters, digits, '_', '.' and '-'");
            }
        }
        WorkerType worker = new WorkerType(
                name,
                agents,
                max == null ? agents : Math.max(max, agents),
                Words.size(yaml, zones),
                executors == null ? 1 : executors,
                labels.isEmpty() ? List.of(name) : labels.stream().distinct().toList(),
                REQUIREMENTS.read(yaml.mapping("requires")),
                Words.of(Attach.class, "attach", yaml, Attach.INBOUND),
                Words.disk(yaml, DISK));
        yaml.refuseOthers();
        return worker;
    }
}
