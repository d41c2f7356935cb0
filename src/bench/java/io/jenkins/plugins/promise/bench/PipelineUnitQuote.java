package io.jenkins.plugins.promise.bench;

import com.lesfurets.jenkins.unit.BasePipelineTest;
import groovy.lang.Closure;
import groovy.lang.GroovyObjectSupport;
import io.jenkins.plugins.promise.contract.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The example's orchestration with a good part, tested as JenkinsPipelineUnit does it: each step is a mock. */
final class PipelineUnitQuote extends BasePipelineTest {
    private final Map<String, Object> answers = new LinkedHashMap<>();
    private final List<Map<String, Object>> declared = new ArrayList<>();
    private Map<?, ?> report;

    /** Prepares the mocks, as a test's {@code @Before} does. */
    void prepare() throws Exception {
        answers.put("mesh", data("{\"watertight\":true,\"oriented\":true,\"triangles\":12}"));
        answers.put("size", data("{\"volume_mm3\":1000.0,\"surface_mm2\":600.0,\"box_mm\":[10.0,20.0,5.0]}"));
        answers.put("overhang", data("{\"support_mm2\":1.5}"));
        answers.put("price", data("{\"amount\":\"12.40\",\"currency\":\"USD\"}"));
        answers.put("publish", data("{}"));
        setUp();
        getBinding()
                .setVariable(
                        "inputs",
                        Map.of(
                                "SOURCE_S3_FILE_PATH", "s3://a",
                                "RESULT_S3_FILE_PATH", "s3://b",
                                "MATERIAL", "pla",
                                "QUANTITY", 1));
        getHelper().registerAllowedMethod("worker", types(Map.class), new Step(args -> declared.add(copy(args[0]))));
        getHelper().registerAllowedMethod("report", types(Map.class), new Step(args -> report = copy(args[0])));
        getHelper()
                .registerAllowedMethod(
                        "phase", types(String.class, Closure.class), new Step(args -> phase((Closure<?>) args[1])));
    }

    /** Runs the script; what it reported. */
    Map<?, ?> perform() {
        runScript(Path.of("examples/quote/jobs/quote/quote.groovy")
                .toAbsolutePath()
                .toString());
        return report;
    }

    @SuppressWarnings("rawtypes") // the library declares it so
    private static List<Class> types(Class<?>... types) {
        return new ArrayList<>(Arrays.asList(types));
    }

    private Object phase(Closure<?> body) {
        declared.clear();
        body.call();
        Map<String, Object> results = new LinkedHashMap<>();
        for (Map<String, Object> call : declared) {
            String name = String.valueOf(call.getOrDefault("as", call.get("job")));
            results.put(name, answers.get(name));
        }
        return results;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> copy(Object map) {
        return new LinkedHashMap<>((Map<String, Object>) map);
    }

    private static Map<String, Object> data(String json) throws IOException {
        return Map.of("status", "SUCCESS", "data", Json.mapper().readValue(json, Object.class));
    }

    /** What a mocked step does. */
    @FunctionalInterface
    private interface Mock {
        Object call(Object[] arguments);
    }

    /** A mock as the library wants it. */
    private static final class Step extends Closure<Object> {
        private static final long serialVersionUID = 1;

        private final transient Mock mock;

        Step(Mock mock) {
            super(new GroovyObjectSupport() {});
            this.mock = mock;
        }

        /** Called by Groovy. */
        @SuppressWarnings("UnusedMethod")
        public Object doCall(Object... arguments) {
            return mock.call(arguments);
        }
    }
}
