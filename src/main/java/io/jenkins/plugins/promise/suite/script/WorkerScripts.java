package io.jenkins.plugins.promise.suite.script;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.contract.yaml.Finding;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Asks the interpreters of this machine whether the scripts of workers parse, and shellcheck what it thinks of those of a
 * shell, of which it is also told whether they go on after a failure. What is not installed here is not asked, and says nothing.
 */
public final class WorkerScripts {
    private static final long PATIENCE_SECONDS = 20;
    private static final File NOTHING = new File("/dev/null");
    private static final String SHELLCHECK = "shellcheck";
    /** A file that is only there when it runs is no mistake; nor is an input, which is a variable that nobody sets. */
    private static final String NO_MISTAKES = "SC1091,SC2153";

    private final Path root;
    private final Path scratch;

    /**
     * The scripts of a suite.
     *
     * @param root the suite's folder
     * @param scratch a folder for what the programs print
     */
    public WorkerScripts(Path root, Path scratch) {
        this.root = root;
        this.scratch = scratch;
    }

    /**
     * What is wrong with them, in their order.
     *
     * @param files relative to the suite
     */
    public List<Finding> problems(List<String> files) {
        return files.parallelStream().map(this::problems).flatMap(List::stream).toList();
    }

    private List<Finding> problems(String file) {
        Path script = root.resolve(file);
        Optional<Interpreter.Use> use = Interpreter.of(firstLine(script));
        Optional<Finding> syntax = use.flatMap(u -> syntax(file, u));
        if (syntax.isPresent()) {
            return List.of(syntax.get());
        }
        if (use.isEmpty() || use.get().interpreter() != Interpreter.SHELL) {
            return List.of();
        }
        List<Finding> findings = new ArrayList<>(shellcheck(file, script));
        new ErrorExit(root).problem(file).ifPresent(findings::add);
        return findings;
    }

    /**
     * Why a script does not parse; nothing if it does, or nobody here knows.
     *
     * @param file relative to the suite
     */
    public Optional<Finding> syntax(String file) {
        return Interpreter.of(firstLine(root.resolve(file))).flatMap(use -> syntax(file, use));
    }

    private Optional<Finding> syntax(String file, Interpreter.Use use) {
        Path script = root.resolve(file);
        return run(use.command(script), use.fromInput(script) ? script.toFile() : NOTHING)
                .filter(parsed -> parsed.code() != 0)
                .map(parsed -> use.interpreter().problem(parsed.printed()))
                .map(problem -> Finding.error(file, problem.line(), "", problem.message()));
    }

    private List<Finding> shellcheck(String file, Path script) {
        Optional<Ended> ended = run(
                List.of(
                        SHELLCHECK,
                        "--format=json",
                        "--shell=bash",
                        "--external-sources",
                        "--source-path=" + root,
                        "--exclude=" + NO_MISTAKES,
                        script.toString()),
                NOTHING);
        List<Finding> findings = new ArrayList<>();
        if (ended.isPresent() && ended.get().code() <= 1) {
            try {
                for (JsonNode one : Json.mapper().readTree(ended.get().printed())) {
                    findings.add(Finding.warning(
                            file,
                            one.path("line").asInt(),
                            SHELLCHECK + " SC" + one.path("code").asText(),
                            one.path("message").asText()));
                }
            } catch (IOException e) {
                // Another program of that name; what it says is not for us.
                findings.clear();
            }
        }
        return findings;
    }

    private static String firstLine(Path script) {
        try (var lines = Files.newBufferedReader(script, StandardCharsets.ISO_8859_1)) {
            return Optional.ofNullable(lines.readLine()).orElse("");
        } catch (IOException e) {
            // That it cannot be read is told where it is looked for.
            return "#!";
        }
    }

    private record Ended(int code, String printed) {}

    /** Runs a program to its end; nothing if it is not here, or does not end. */
    private Optional<Ended> run(List<String> command, File input) {
        try {
            Path printed = Files.createTempFile(scratch, "said", ".txt");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(input)
                    .redirectOutput(printed.toFile());
            builder.environment().putAll(Map.of("LC_ALL", "C.UTF-8"));
            Process process = builder.start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return Optional.empty();
            }
            return Optional.of(new Ended(process.exitValue(), Files.readString(printed, StandardCharsets.UTF_8)));
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
