package io.jenkins.plugins.promise.contract;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.contract.json.MalformedJson;
import io.jenkins.plugins.promise.contract.json.StorableText;
import io.jenkins.plugins.promise.contract.json.StrictJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads inputs from the body of a submission, strictly: what a lenient reader would repair in silence is refused, since
 * a submission that is accepted is a promise.
 */
public final class InputsDecoder {
    private static final int MAX_FIELDS = 1_000;
    private static final int MAX_DEPTH = 20;

    private final JsonFactory json = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build();

    /**
     * Reads {@code application/x-www-form-urlencoded}.
     *
     * @throws MalformedInputs if the percent-encoding or the UTF-8 in it is broken
     */
    public GivenInputs form(byte[] body) throws MalformedInputs {
        Collector collector = new Collector();
        int start = 0;
        for (int i = 0; i <= body.length; i++) {
            if (i == body.length || body[i] == '&') {
                if (i > start) {
                    field(body, start, i, collector);
                }
                start = i + 1;
            }
        }
        return collector.given();
    }

    /**
     * Reads fields that a server has decoded already.
     *
     * @throws MalformedInputs if there are too many
     */
    public GivenInputs parameters(Map<String, String[]> parameters) throws MalformedInputs {
        Collector collector = new Collector();
        for (Map.Entry<String, String[]> parameter : parameters.entrySet()) {
            for (String value : parameter.getValue()) {
                collector.add(parameter.getKey(), value);
            }
        }
        return collector.given();
    }

    private static void field(byte[] body, int start, int end, Collector collector) throws MalformedInputs {
        int equals = start;
        while (equals < end && body[equals] != '=') {
            equals++;
        }
        String name = decode(body, start, equals);
        collector.add(name, equals == end ? "" : decode(body, equals + 1, end));
    }

    private static String decode(byte[] body, int start, int end) throws MalformedInputs {
        byte[] bytes = new byte[end - start];
        int length = 0;
        for (int i = start; i < end; i++) {
            byte b = body[i];
            if (b == '+') {
                b = ' ';
            } else if (b == '%') {
                int high = i + 1 < end ? Character.digit(body[i + 1], 16) : -1;
                int low = i + 2 < end ? Character.digit(body[i + 2], 16) : -1;
                if (high < 0 || low < 0) {
                    throw new MalformedInputs("bad percent-encoding at byte " + i + ": % must be followed by two"
                            + " hexadecimal digits; a % itself is written %25");
                }
                b = (byte) (high * 16 + low);
                i += 2;
            }
            bytes[length] = b;
            length++;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedInputs("bytes " + start + " to " + end + " are not UTF-8");
        }
    }

    /**
     * Reads a JSON object of strings, numbers and booleans; null counts as not given.
     *
     * @throws MalformedInputs if it is no JSON object in UTF-8
     */
    public GivenInputs json(byte[] body) throws MalformedInputs {
        String text;
        try {
            text = StrictJson.text(body);
        } catch (MalformedJson e) {
            throw new MalformedInputs("the body " + e.getMessage());
        }
        Collector collector = new Collector();
        try (JsonParser parser = json.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new MalformedInputs("the body must be a JSON object of inputs, as in {\"NAME\": \"value\"}");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken token = parser.nextToken();
                if (token.isStructStart()) {
                    parser.skipChildren();
                    collector.refuse(name, "must be a string, number or boolean, not an object or array");
                } else if (token != JsonToken.VALUE_NULL) {
                    collector.add(name, parser.getText());
                } else {
                    collector.seen(name);
                }
            }
            if (parser.nextToken() != null) {
                throw new MalformedInputs("there is more after the JSON object, at line "
                        + parser.currentTokenLocation().getLineNr());
            }
        } catch (JsonProcessingException e) {
            throw new MalformedInputs("broken JSON: " + Json.told(e));
        } catch (IOException e) {
            throw new IllegalStateException("a text in memory cannot fail to be read", e);
        }
        return collector.given();
    }

    private static final class Collector {
        private final Map<String, String> values = new LinkedHashMap<>();
        private final List<Violation> problems = new ArrayList<>();
        private final Map<String, Integer> count = new LinkedHashMap<>();

        void add(String name, String value) throws MalformedInputs {
            // Values that no database takes would otherwise be compared, as repeated or not, before they are checked.
            String problem = StorableText.problem(value).orElse(null);
            if (problem != null) {
                refuse(name, problem);
            } else if (seen(name)) {
                values.put(name, value);
            }
        }

        void refuse(String name, String problem) throws MalformedInputs {
            if (seen(name)) {
                problems.add(new Violation(name, problem));
            }
        }

        boolean seen(String name) throws MalformedInputs {
            String problem = StorableText.problem(name).orElse(null);
            if (problem != null) {
                throw new MalformedInputs("the name of an input " + problem);
            }
            int times = count.merge(name, 1, Integer::sum);
            if (count.size() > MAX_FIELDS) {
                throw new MalformedInputs("more than " + MAX_FIELDS + " inputs");
            }
            if (times == 2) {
                problems.add(new Violation(name, "is given more than once"));
            }
            return times == 1;
        }

        GivenInputs given() {
            return new GivenInputs(values, problems);
        }
    }
}
