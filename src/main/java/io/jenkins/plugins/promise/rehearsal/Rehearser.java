package io.jenkins.plugins.promise.rehearsal;

import io.jenkins.plugins.promise.engine.compiler.MarkedScript;
import io.jenkins.plugins.promise.engine.compiler.OrchestrationCompiler;
import io.jenkins.plugins.promise.engine.compiler.ScriptErrors;
import io.jenkins.plugins.promise.ledger.database.DurableFiles;
import io.jenkins.plugins.promise.suite.Suite;
import io.jenkins.plugins.promise.suite.SuiteReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Performs rehearsals of a suite; each orchestration is compiled once. */
public final class Rehearser {
    /** How long a script may go on without waiting, unless somebody says otherwise. */
    public static final Duration SCRIPT_LIMIT = Duration.ofSeconds(10);

    private final Suite suite;
    private final OrchestrationCompiler compiler;
    private final Duration scriptLimit;
    private final Map<String, MarkedScript> scripts = new TreeMap<>();

    /** Rehearses a suite that has no errors. */
    public Rehearser(Suite suite, OrchestrationCompiler compiler) {
        this(suite, compiler, SCRIPT_LIMIT);
    }

    /**
     * Rehearses a suite that has no errors.
     *
     * @param scriptLimit how long a script may go on, in real time, without waiting for a worker or a time
     */
    public Rehearser(Suite suite, OrchestrationCompiler compiler, Duration scriptLimit) {
        this.suite = suite;
        this.compiler = compiler;
        this.scriptLimit = scriptLimit;
    }

    /**
     * Performs one.
     *
     * @throws IOException if its script cannot be read
     */
    public Performance perform(Rehearsal rehearsal) throws IOException {
        return new RehearsalRun(suite, script(rehearsal.job()), rehearsal, scriptLimit).perform();
    }

    /** How much of an orchestration these performances came to. */
    public Coverage coverage(String job, List<Performance> performances) throws IOException {
        Set<Integer> run = new TreeSet<>();
        performances.stream().filter(p -> p.rehearsal().job().equals(job)).forEach(p -> run.addAll(p.marks()));
        return Coverage.of(job, script(job), run);
    }

    private MarkedScript script(String job) throws IOException {
        MarkedScript known = scripts.get(job);
        if (known != null) {
            return known;
        }
        try {
            MarkedScript compiled = compiler.compileMarked(
                    new SuiteReader(compiler).source(suite, suite.jobs().get(job)));
            scripts.put(job, compiled);
            return compiled;
        } catch (ScriptErrors e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /**
     * Writes what a performance reported into its file as what is expected; only the keys {@code status}, {@code reason}
     * and {@code data} that were expected before, or all if none was.
     *
     * @return the file's new text
     */
    public String update(Performance performance) throws IOException {
        Rehearsal rehearsal = performance.rehearsal();
        Path file = suite.root().resolve(rehearsal.file());
        var observed = ReportYaml.observed(performance.outcome());
        if (rehearsal.report().value() != null) {
            List<String> expected = new ArrayList<>();
            rehearsal.report().value().fieldNames().forEachRemaining(expected::add);
            observed.retain(expected);
        }
        String text = ReportYaml.replace(Files.readString(file), rehearsal.lines(), observed);
        DurableFiles.write(file.toAbsolutePath(), text.getBytes(StandardCharsets.UTF_8));
        return text;
    }
}
