package io.jenkins.plugins.promise.suite.script;

import groovy.lang.Script;
import io.jenkins.plugins.promise.orchestration.Phase;
import io.jenkins.plugins.promise.orchestration.ReportedOutcome;
import io.jenkins.plugins.promise.orchestration.StepArguments;
import io.jenkins.plugins.promise.orchestration.StepException;
import io.jenkins.plugins.promise.orchestration.WorkerCall;
import io.jenkins.plugins.promise.orchestration.environment.EnvironmentArguments;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.codehaus.groovy.runtime.DefaultGroovyMethods;

/** The steps that an orchestration may call, with the arguments of each. */
final class KnownSteps {
    private static final List<String> TIME = List.of("time", "unit");
    /** Those of promise jobs, which both hosts have. */
    private static final Map<String, List<String>> OWN = Stream.concat(
                    EnvironmentArguments.steps().entrySet().stream(),
                    Stream.of(
                            Map.entry("worker", WorkerCall.options()),
                            Map.entry("report", ReportedOutcome.options()),
                            Map.entry(
                                    "phase",
                                    Stream.concat(Stream.of("name"), Phase.options().stream())
                                            .toList()),
                            Map.entry("echo", List.of("message")),
                            Map.entry("error", List.of("message")),
                            Map.entry("sleep", TIME),
                            Map.entry("timeout", TIME),
                            Map.entry("retry", List.of("count")),
                            Map.entry("stage", List.of("name")),
                            Map.entry(
                                    "catchError",
                                    List.of("message", "buildResult", "stageResult", "catchInterruptions")),
                            Map.entry("readJSON", List.of("text", "returnPojo")),
                            Map.entry("writeJSON", List.of("json", "returnText", "pretty"))))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (one, two) -> two, TreeMap::new));
    /** Any name may be an argument: of a branch, of a component. */
    private static final List<String> ANY_ARGUMENTS = List.of("parallel", "integrate");
    /** Arguments of a step that only Jenkins has, and that calls promise jobs there. */
    private static final Map<String, List<String>> BUILD =
            Map.of("build", List.of("job", "parameters", "wait", "propagate", "quietPeriod", "waitForStart"));
    /** Those that a usual Jenkins has, and the local controller has not. */
    private static final Set<String> OF_JENKINS = Set.of(
            "archiveArtifacts",
            "bat",
            "build",
            "checkout",
            "deleteDir",
            "dir",
            "fileExists",
            "getContext",
            "git",
            "input",
            "isUnix",
            "junit",
            "library",
            "load",
            "lock",
            "mail",
            "milestone",
            "node",
            "powershell",
            "properties",
            "publishReport",
            "pwd",
            "pwsh",
            "readFile",
            "readTrusted",
            "resolveScm",
            "script",
            "sh",
            "stash",
            "step",
            "tool",
            "unstable",
            "unstash",
            "validateDeclarativePipeline",
            "waitUntil",
            "warnError",
            "withContext",
            "withCredentials",
            "withEnv",
            "wrap",
            "writeFile",
            "ws");

    private static final Set<String> OF_GROOVY = Stream.of(
                    methods(Object.class, 0), methods(Script.class, 0), methods(DefaultGroovyMethods.class, 1))
            .flatMap(s -> s)
            .collect(Collectors.toSet());

    private KnownSteps() {}

    /** What every object has; of Groovy's own methods those that take any object first. */
    private static Stream<String> methods(Class<?> type, int receivers) {
        return Arrays.stream(type.getMethods())
                .filter(m -> receivers == 0
                        || (Modifier.isStatic(m.getModifiers()) && m.getParameterTypes()[0] == Object.class))
                .map(Method::getName);
    }

    /** Whether both hosts have a step, or Groovy a method, of that name. */
    static boolean everywhere(String name) {
        return OWN.containsKey(name) || ANY_ARGUMENTS.contains(name) || OF_GROOVY.contains(name);
    }

    /** Whether only Jenkins has it. */
    static boolean onlyOnJenkins(String name) {
        return OF_JENKINS.contains(name);
    }

    /** What to write instead of a step that only Jenkins has. */
    static String insteadOf(String step) {
        return switch (step) {
            case "build" -> "call the job with worker job: '…', inputs: […]";
            case "input" -> "wait for a person with approval environment: '…', manifest: …";
            case "lock" -> "have it alone with environment('…') { … }";
            case "library", "load" -> "name the file under libraries: in suite.yaml";
            case "node" -> "say where a worker runs with worker job: '…', label: '…'";
            case "publishReport" -> "say report data: […]";
            case "stash", "unstash" -> "hand files on with produces: in job.yaml and worker job: '…', files: […]";
            default -> "do it in the script of a worker, and call that: worker job: '…'";
        };
    }

    /** The names of the steps that both hosts have. */
    static List<String> names() {
        return Stream.concat(OWN.keySet().stream(), ANY_ARGUMENTS.stream()).toList();
    }

    /** The arguments of a step; nothing where any name may be one. */
    static Optional<List<String>> arguments(String step) {
        return Optional.ofNullable(OWN.getOrDefault(step, BUILD.get(step)));
    }

    /** What the step itself would say of an argument of that value; nothing if it would take it. */
    static Optional<String> problem(String step, String argument, Object value) {
        Map<String, Object> one = Map.of(argument, value);
        try {
            switch (step) {
                case "worker" -> WorkerCall.of(argument.equals("job") ? one : Map.of("job", "x", argument, value));
                case "report" -> ReportedOutcome.of(one);
                case "phase" -> {
                    if (!argument.equals("name")) {
                        Phase.declared(1, "x", one);
                    }
                }
                case "sleep", "timeout" -> new StepArguments(
                                step, argument.equals("time") ? one : Map.of("time", 1, argument, value), TIME)
                        .duration("SECONDS");
                default -> {}
            }
            return Optional.empty();
        } catch (StepException e) {
            return Optional.of(e.getMessage());
        }
    }
}
