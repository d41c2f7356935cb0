package io.jenkins.plugins.promise.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.contract.JobKind;
import io.jenkins.plugins.promise.contract.file.JobFileReader;
import io.jenkins.plugins.promise.contract.yaml.Finding;
import io.jenkins.plugins.promise.contract.yaml.Nearest;
import io.jenkins.plugins.promise.contract.yaml.YamlFile;
import io.jenkins.plugins.promise.contract.yaml.YamlMapping;
import io.jenkins.plugins.promise.rehearsal.environment.RehearsedPlace;
import io.jenkins.plugins.promise.report.Outcome;
import io.jenkins.plugins.promise.report.ReportStatus;
import io.jenkins.plugins.promise.suite.Suite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the files under {@code rehearsals/}, and tells everything that is wrong with one. */
public final class RehearsalReader {
    private static final String FOLDER = "rehearsals";
    private static final int MAX_COUNT = 1_000_000;

    private final boolean expecting;

    /**
     * A reader.
     *
     * @param expecting whether a file must say what is expected; if not it may be there to be completed
     */
    public RehearsalReader(boolean expecting) {
        this.expecting = expecting;
    }

    /** The rehearsals of a suite, {@code rehearsals/{job}/*.yaml}, in the order of their names. */
    public List<Rehearsal> all(Suite suite, List<Finding> findings) throws IOException {
        Path folder = suite.root().resolve(FOLDER);
        List<Rehearsal> rehearsals = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return rehearsals;
        }
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : files) {
            String shown = suite.root().relativize(file).toString().replace('\\', '/');
            String[] parts = shown.split("/", -1);
            if (parts.length != 3 || !shown.endsWith(".yaml")) {
                findings.add(
                        Finding.warning(shown, 0, "", "is no rehearsal: those are rehearsals/JOB/NAME.yaml; ignored"));
                continue;
            }
            if (suite.unreadable(parts[1])) {
                continue;
            }
            Suite.SuiteJob job = suite.jobs().get(parts[1]);
            if (job == null || job.file().kind() != JobKind.ORCHESTRATION) {
                findings.add(Finding.error(
                        shown,
                        0,
                        "",
                        "there is no orchestration '" + parts[1] + "' in this suite"
                                + Nearest.hint(parts[1], suite.jobs().keySet())));
                continue;
            }
            rehearsals.add(read(file, shown, parts[1], findings));
        }
        return rehearsals;
    }

    private Rehearsal read(Path file, String shown, String job, List<Finding> findings) {
        YamlMapping yaml = YamlFile.read(file, shown, findings);
        String about = yaml.text("about");
        Map<String, String> inputs = new LinkedHashMap<>();
        YamlMapping given = yaml.mapping("inputs");
        for (String name : given.keys()) {
            if (given.has(name)) {
                inputs.put(name, given.text(name));
            }
        }
        Map<String, WorkerPart> workers = new LinkedHashMap<>();
        YamlMapping parts = yaml.mapping("workers");
        for (String key : parts.keys()) {
            workers.put(key, worker(key, parts));
        }
        Map<String, RehearsedPlace> environments = RehearsedPlace.all(yaml.mapping("environments"));
        List<String> phases = yaml.has("phases") ? yaml.texts("phases") : null;
        Expected report = new Expected(yaml.json("report"), yaml.lines("report"));
        checkReport(yaml);
        String state = yaml.text("state");
        if (state != null && !state.equals("FULFILLED") && !state.equals("REJECTED")) {
            yaml.error("state", "must be FULFILLED or REJECTED");
        }
        if (expecting && !yaml.has("report") && state == null) {
            yaml.error(
                    "report",
                    "is missing: say what the report must be, as in report: { status: SUCCESS }, or let promise"
                            + " rehearse --update write it");
        }
        Map<String, Integer> lines = new LinkedHashMap<>();
        yaml.keys().forEach(key -> lines.put(key, yaml.line(key)));
        yaml.refuseOthers();
        return new Rehearsal(shown, job, about, inputs, environments, workers, phases, report, state, lines);
    }

    private static void checkReport(YamlMapping yaml) {
        YamlMapping report = yaml.mapping("report");
        status(report);
        report.text("reason");
        report.has("data");
        report.refuseOthers();
    }

    private static WorkerPart worker(String key, YamlMapping parts) {
        YamlMapping part = parts.mapping(key);
        String job = part.text("job");
        Expected inputs = new Expected(part.json("inputs"), part.lines("inputs"));
        List<Answer> answers = new ArrayList<>();
        if (part.has("answers")) {
            for (YamlMapping one : part.mappings("answers")) {
                answers.add(answer(one));
                one.refuseOthers();
            }
        } else {
            answers.add(answer(part));
        }
        if (answers.isEmpty()) {
            answers.add(Answer.DONE);
        }
        int count = answers.size();
        if (part.has("count")) {
            count = "0".equals(part.text("count"))
                    ? 0
                    : Optional.ofNullable(part.count("count", MAX_COUNT)).orElse(count);
        }
        List<String> files = part.has("files") ? part.texts("files") : null;
        part.refuseOthers();
        return new WorkerPart(key, parts.line(key), job, answers, count, files, inputs);
    }

    private static Answer answer(YamlMapping yaml) {
        ReportStatus status = status(yaml);
        String fails = yaml.text("fails");
        JsonNode data = yaml.json("data");
        String reason = yaml.text("reason");
        List<String> produces = yaml.has("produces") ? yaml.texts("produces") : null;
        boolean never = yaml.flag("never", false);
        Duration after = Duration.ZERO;
        if (yaml.has("after")) {
            String text = yaml.text("after");
            Optional<Duration> read = JobFileReader.duration(text == null ? "" : text);
            if (read.isEmpty()) {
                yaml.error("after", "must be a time such as 90s or 30m");
            }
            after = read.orElse(after);
        }
        if (never) {
            return new Answer(Optional.empty(), after);
        }
        if (fails != null) {
            return new Answer(Optional.of(new Outcome(ReportStatus.FAILURE, fails, data, null)), produces, after);
        }
        return new Answer(
                Optional.of(new Outcome(
                        status == null ? ReportStatus.SUCCESS : status,
                        reason == null ? "answered" : reason,
                        data,
                        null)),
                produces,
                after);
    }

    private static ReportStatus status(YamlMapping yaml) {
        String text = yaml.text("status");
        if (text == null) {
            return null;
        }
        try {
            return ReportStatus.valueOf(text);
        } catch (IllegalArgumentException e) {
            yaml.error("status", "must be SUCCESS or FAILURE");
            return null;
        }
    }
}
