package io.jenkins.plugins.promise.contract.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.jenkins.plugins.promise.contract.Contract;
import io.jenkins.plugins.promise.contract.Input;
import io.jenkins.plugins.promise.contract.JobKind;
import io.jenkins.plugins.promise.contract.JobName;
import io.jenkins.plugins.promise.contract.Keep;
import io.jenkins.plugins.promise.contract.OutputsSchema;
import io.jenkins.plugins.promise.contract.yaml.Finding;
import io.jenkins.plugins.promise.contract.yaml.YamlFile;
import io.jenkins.plugins.promise.contract.yaml.YamlMapping;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads job files, and tells everything that is wrong with one: file, line, key, and what to write instead. */
public final class JobFileReader {
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,6})(s|m|h|d)");
    private static final long MOST_OF_A_UNIT = 999_999;
    private static final Map<String, Duration> TIME_UNITS = new TreeMap<>(Map.of(
            "d", Duration.ofDays(1), "h", Duration.ofHours(1), "m", Duration.ofMinutes(1), "s", Duration.ofSeconds(1)));
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)\\}");

    /**
     * Reads a job file.
     *
     * @param path the file
     * @param shown its name for findings
     * @param name the job's common name
     * @param defaults for {@code keep} and {@code deadline} when the job does not say
     * @param findings where everything that is wrong goes
     * @return the job, if there was enough to make one of; it is good only if no finding is an error
     */
    public Optional<JobFile> read(Path path, String shown, String name, Defaults defaults, List<Finding> findings) {
        return read(YamlFile.read(path, shown, findings), shown, name, defaults, findings);
    }

    /** Reads a job file whose content was parsed already; as the other. */
    public Optional<JobFile> read(
            YamlMapping yaml, String shown, String name, Defaults defaults, List<Finding> findings) {
        if (yaml.keys().isEmpty()) {
            return Optional.empty();
        }
        checkName(name, shown, findings);
        Optional<JobKind> kind = kind(yaml);
        String script = yaml.requiredText("script");
        if (script != null && !plainFileName(script)) {
            yaml.error("script", "must be the name of a file in the job's own folder");
        }
        String about = yaml.text("about");
        List<Input> inputs = InputsReader.read(yaml.mapping("inputs"));
        OutputsSchema outputs = outputs(yaml);
        Duration deadline = deadline(yaml).orElse(defaults.deadline());
        Keep keep = yaml.has("keep") ? keep(yaml.mapping("keep")) : defaults.keep();
        Integer concurrency = yaml.count("concurrency", Contract.MAX_CONCURRENCY);
        Integer attempts = yaml.count("attempts", Contract.MAX_ATTEMPTS);
        String label = yaml.text("label");
        if (label != null && kind.equals(Optional.of(JobKind.ORCHESTRATION))) {
            yaml.error("label", "goes with kind: worker only; an orchestration runs on no node");
        }
        List<String> produces = yaml.texts("produces");
        Contract.producesProblems(produces).forEach(p -> yaml.error("produces", p));
        if (!produces.isEmpty() && kind.equals(Optional.of(JobKind.ORCHESTRATION))) {
            yaml.error("produces", "goes with kind: worker only; an orchestration has no workspace");
        }
        List<String> files = yaml.texts("files");
        String token = token(yaml);
        yaml.refuseOthers();
        if (kind.isEmpty() || script == null) {
            return Optional.empty();
        }
        return Optional.of(new JobFile(
                name,
                kind.get(),
                script,
                files,
                about,
                new Contract(inputs, outputs, deadline, keep, concurrency, attempts, produces),
                label,
                token,
                new JobFile.Lines(shown, yaml.line("script"), yaml.line("files"), inputLines(yaml))));
    }

    private static void checkName(String name, String shown, List<Finding> findings) {
        if (JobName.looksLikeVersion(name)) {
            findings.add(Finding.error(shown, 0, "", "'" + name + "' looks like a version; rename the job's folder"));
        } else if (!JobName.valid(name)) {
            findings.add(Finding.error(
                    shown,
                    0,
                    "",
                    "'" + name + "' is no job name: use letters, digits, '.', '_' and '-', a letter or digit first"));
        }
    }

    private static Optional<JobKind> kind(YamlMapping yaml) {
        String text = yaml.requiredText("kind");
        if (text == null) {
            return Optional.empty();
        }
        Optional<JobKind> kind = Arrays.stream(JobKind.values())
                .filter(k -> k.keyword().equals(text))
                .findFirst();
        if (kind.isEmpty()) {
            yaml.error("kind", "must be orchestration or worker");
        }
        return kind;
    }

    private static boolean plainFileName(String script) {
        return !script.isEmpty()
                && !script.contains("/")
                && !script.contains("\\")
                && !script.equals(".")
                && !script.equals("..");
    }

    private static Map<String, Integer> inputLines(YamlMapping yaml) {
        YamlMapping inputs = yaml.mapping("inputs");
        return inputs.keys().stream().collect(Collectors.toMap(Function.identity(), inputs::line));
    }

    private static OutputsSchema outputs(YamlMapping yaml) {
        JsonNode json = yaml.json("outputs");
        if (json == null) {
            return null;
        }
        OutputsSchema outputs = OutputsSchema.of(json);
        outputs.problems().forEach(p -> yaml.error("outputs", p.field(), p.message()));
        outputs.unknownKeywords().forEach(p -> yaml.warning("outputs", p.field(), p.message()));
        return outputs;
    }

    private static Keep keep(YamlMapping yaml) {
        Keep keep = new Keep(yaml.count("days", Keep.MAX_DAYS), yaml.count("builds", Keep.MAX_BUILDS));
        yaml.refuseOthers();
        return keep;
    }

    private static String token(YamlMapping yaml) {
        String text = yaml.text("token");
        if (text == null) {
            return null;
        }
        Matcher matcher = VARIABLE.matcher(text);
        if (!matcher.matches()) {
            yaml.error(
                    "token", "must name an environment variable, as in ${MY_TOKEN}: a token is never kept in a file");
            return null;
        }
        return matcher.group(1);
    }

    private static Optional<Duration> deadline(YamlMapping yaml) {
        String key = "deadline";
        Optional<Duration> duration = duration(key, yaml);
        duration.flatMap(Contract::deadlineProblem).ifPresent(p -> yaml.error(key, p));
        return duration;
    }

    /** The time under a key, as {@link #duration(String)} reads it; nothing if there is none, which is an error if it should be one. */
    public static Optional<Duration> duration(String key, YamlMapping yaml) {
        String text = yaml.text(key);
        if (text == null) {
            return Optional.empty();
        }
        Optional<Duration> duration = duration(text);
        if (duration.isEmpty()) {
            yaml.error(key, "must be a time such as 90s, 30m, 12h or 7d");
        }
        return duration;
    }

    /** Reads a time such as {@code 90s}, {@code 30m}, {@code 12h} or {@code 7d}; nothing if it is no such time or zero. */
    public static Optional<Duration> duration(String text) {
        Matcher matcher = DURATION.matcher(text.trim());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(matcher.group(1));
        Duration duration =
                switch (matcher.group(2)) {
                    case "s" -> Duration.ofSeconds(number);
                    case "m" -> Duration.ofMinutes(number);
                    case "h" -> Duration.ofHours(number);
                    default -> Duration.ofDays(number);
                };
        return duration.isZero() ? Optional.empty() : Optional.of(duration);
    }

    /** A time as {@link #duration(String)} reads it; nothing if it is none that can be written so. */
    public static Optional<String> text(Duration time) {
        return TIME_UNITS.entrySet().stream()
                .filter(u -> !time.isNegative() && time.compareTo(Duration.ofDays(MOST_OF_A_UNIT)) <= 0)
                .filter(u ->
                        u.getValue().multipliedBy(time.dividedBy(u.getValue())).equals(time))
                .filter(u -> time.dividedBy(u.getValue()) <= MOST_OF_A_UNIT)
                .map(u -> time.dividedBy(u.getValue()) + u.getKey())
                .filter(t -> duration(t).isPresent())
                .findFirst();
    }

    /**
     * What holds for a job that does not say otherwise.
     *
     * @param keep never null
     * @param deadline null for the controller's own
     */
    public record Defaults(Keep keep, Duration deadline) {
        /** Nothing special. */
        public static final Defaults NONE = new Defaults(Keep.ALL, null);

        /** Reads the {@code defaults} of a suite. */
        public static Defaults read(YamlMapping yaml) {
            Keep keep = yaml.has("keep") ? JobFileReader.keep(yaml.mapping("keep")) : Keep.ALL;
            Duration deadline = JobFileReader.deadline(yaml).orElse(null);
            yaml.refuseOthers();
            return new Defaults(keep, deadline);
        }
    }
}
