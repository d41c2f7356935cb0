package io.jenkins.plugins.promise.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Runs Jazzer against each target in a process of its own, beginning with the corpus; the profile fuzz of the POM calls
 * it. What was found new is kept in {@code target/fuzz}, with the input that fails.
 */
public final class Fuzzing {
    private static final Map<String, Class<?>> TARGETS = new TreeMap<>(Map.of(
            "inputs", InputsTarget.class,
            "report", ReportTarget.class,
            "yaml", YamlTarget.class,
            "bundle", BundleTarget.class));

    private Fuzzing() {}

    /** Takes a target or {@code all}, and how many seconds for each. */
    public static void main(String[] args) throws IOException, InterruptedException {
        List<String> failed = new ArrayList<>();
        for (Map.Entry<String, Class<?>> target : TARGETS.entrySet()) {
            if (args[0].equals("all") || args[0].equals(target.getKey())) {
                System.out.println("fuzzing " + target.getKey() + " for " + args[1] + " s");
                if (run(target.getKey(), target.getValue(), args[1]) != 0) {
                    failed.add(target.getKey());
                }
            }
        }
        if (!failed.isEmpty()) {
            throw new IllegalStateException("inputs that fail were found, see target/fuzz: " + failed);
        }
    }

    private static int run(String name, Class<?> target, String seconds) throws IOException, InterruptedException {
        Path folder = Path.of("target", "fuzz", name).toAbsolutePath();
        Path found = Files.createDirectories(folder.resolve("found"));
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "com.code_intelligence.jazzer.Jazzer",
                        "--target_class=" + target.getName(),
                        "--instrumentation_includes=io.jenkins.plugins.promise.**:org.yaml.snakeyaml.**",
                        "-max_total_time=" + seconds,
                        "-timeout=30",
                        "-rss_limit_mb=0",
                        "-print_final_stats=1",
                        "-artifact_prefix=" + folder + "/",
                        found.toString(),
                        Path.of("src/test/resources/fuzz", name)
                                .toAbsolutePath()
                                .toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start()
                .waitFor();
    }
}
