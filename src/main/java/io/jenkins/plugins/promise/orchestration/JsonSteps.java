package io.jenkins.plugins.promise.orchestration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.contract.json.Json;
import java.util.List;
import java.util.Map;

/** The steps {@code readJSON} and {@code writeJSON} on texts; an orchestration has no workspace with files. */
public final class JsonSteps {
    private static final List<String> READ = List.of("text", "returnPojo");
    private static final List<String> WRITE = List.of("json", "returnText", "pretty");

    private JsonSteps() {}

    /**
     * Maps, lists, texts, numbers, booleans and null that a text holds.
     *
     * @throws StepException if it is not JSON
     */
    public static Object read(Map<?, ?> arguments) {
        String text = new StepArguments("readJSON", arguments, READ).text("text");
        if (text == null) {
            throw new StepException(
                    "readJSON needs text: an orchestration has no files; let a worker report what it read");
        }
        try {
            return Json.mapper().readValue(text, Object.class);
        } catch (JsonProcessingException e) {
            throw new StepException("readJSON: the text is not JSON: " + Json.told(e));
        }
    }

    /**
     * The text of a value.
     *
     * @throws StepException if JSON cannot say it
     */
    public static String write(Map<?, ?> arguments) {
        StepArguments given = new StepArguments("writeJSON", arguments, WRITE);
        if (!given.flag("returnText", false)) {
            throw new StepException(
                    "writeJSON needs returnText: true: an orchestration has no files; hand the text to a worker");
        }
        JsonNode value = ScriptValue.json(arguments.get("json"), "writeJSON: json");
        return given.number("pretty", 0, 100) > 0 ? value.toPrettyString() : value.toString();
    }
}
