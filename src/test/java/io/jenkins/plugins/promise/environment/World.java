package io.jenkins.plugins.promise.environment;

import io.jenkins.plugins.promise.environment.work.Act;
import io.jenkins.plugins.promise.environment.work.ActResult;
import java.io.File;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/** What really runs in environments, for tests: a release changes it, a probe tells it, a test judges it. */
public final class World {
    private final Map<String, Map<String, String>> runs = new TreeMap<>();
    private BiPredicate<String, Map<String, String>> breaks = (component, there) -> false;
    private Predicate<String> refuses = release -> false;

    /** A folder in memory for tests that write much; null for the usual one. */
    public static File place() {
        File memory = new File("/dev/shm");
        return memory.isDirectory() && memory.canWrite() ? memory : null;
    }

    /** The test of a component fails where this says so of what runs there. */
    public void breaks(BiPredicate<String, Map<String, String>> test) {
        breaks = test;
    }

    /** A release does not work for which this says so. */
    public void refuses(Predicate<String> release) {
        refuses = release;
    }

    public Map<String, String> in(String environment) {
        return runs.computeIfAbsent(environment, e -> new TreeMap<>());
    }

    public ActResult does(String environment, Act act) {
        Map<String, String> there = in(environment);
        String component = act.component();
        return switch (act.kind()) {
            case PROBE -> there.containsKey(component)
                    ? ActResult.told(act, there.get(component))
                    : ActResult.failed(act, "nothing answers");
            case RELEASE -> {
                String commit = act.entry().commit();
                boolean refused = refuses.test(environment + ":" + component + ":" + commit);
                there.put(component, refused ? "half-of-" + commit : commit);
                yield refused ? ActResult.failed(act, "exit 2") : ActResult.done(act);
            }
            case INTEGRATION -> breaks.test(component, there) ? ActResult.failed(act, "exit 1") : ActResult.done(act);
        };
    }
}
