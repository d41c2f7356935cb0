package io.jenkins.plugins.promise.contract.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;

/**
 * Reads JSON of strangers. What one reader would repair, cut or choose from and the next one not is refused: broken
 * UTF-8, a byte order mark, a name given twice, lone surrogates, NUL characters, nesting and numbers without bounds,
 * anything after the value.
 */
public final class StrictJson {
    private static final int MAX_EXPONENT_DIGITS = 3;

    private final int maxDepth;
    private final JsonFactory factory;

    /**
     * A reader of values that are nested no deeper than that.
     *
     * @param maxDepth how many objects and arrays may lie in one another
     */
    public StrictJson(int maxDepth) {
        this.maxDepth = maxDepth;
        this.factory = JsonFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(maxDepth + 1)
                        .build())
                .build();
    }

    /**
     * Reads a value.
     *
     * @throws MalformedJson if it is refused; the message goes on after the name of what was read
     */
    public JsonNode tree(byte[] bytes) throws MalformedJson {
        String text = text(bytes);
        if (text.isBlank()) {
            throw new MalformedJson("is empty");
        }
        try (JsonParser parser = factory.createParser(text)) {
            check(parser);
            return Json.mapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new MalformedJson("is not JSON: " + Json.told(e));
        } catch (IOException e) {
            throw new IllegalStateException("a text in memory cannot fail to be read", e);
        }
    }

    private void check(JsonParser parser) throws IOException, MalformedJson {
        int depth = 0;
        boolean complete = false;
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
            if (complete) {
                throw at(parser, "there is more after the JSON value");
            }
            if (token.isStructStart() && ++depth > maxDepth) {
                throw at(parser, "it is nested deeper than " + maxDepth + " levels");
            }
            if (token.isStructEnd()) {
                depth--;
            }
            if (token == JsonToken.FIELD_NAME || token == JsonToken.VALUE_STRING) {
                String what = token == JsonToken.FIELD_NAME ? "a name " : "a text ";
                String problem = StorableText.problem(parser.getText()).orElse(null);
                if (problem != null) {
                    throw at(parser, what + problem);
                }
            }
            if (token == JsonToken.VALUE_NUMBER_FLOAT && exponentDigits(parser.getText()) > MAX_EXPONENT_DIGITS) {
                throw at(parser, "a number has an exponent of more than " + MAX_EXPONENT_DIGITS + " digits");
            }
            complete = depth == 0;
        }
    }

    /** Numbers such as 1e999999999 are small here, and fill the memory of whoever writes them out. */
    private static int exponentDigits(String number) {
        int exponent = Math.max(number.indexOf('e'), number.indexOf('E'));
        if (exponent < 0) {
            return 0;
        }
        boolean signed = number.charAt(exponent + 1) == '-' || number.charAt(exponent + 1) == '+';
        return number.length() - exponent - (signed ? 2 : 1);
    }

    private static MalformedJson at(JsonParser parser, String problem) {
        return new MalformedJson(
                "is refused: line " + parser.currentTokenLocation().getLineNr() + ": " + problem);
    }

    /**
     * The text in bytes that must be UTF-8, without a byte order mark.
     *
     * @throws MalformedJson if they are not; the message goes on after the name of what was read
     */
    public static String text(byte[] bytes) throws MalformedJson {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer input = ByteBuffer.wrap(bytes);
        CharBuffer text = CharBuffer.allocate(bytes.length);
        if (decoder.decode(input, text, true).isError()) {
            throw new MalformedJson(
                    "is not UTF-8: byte " + input.position() + " (line " + lineOf(bytes, input.position()) + ")");
        }
        String decoded = text.flip().toString();
        if (decoded.startsWith("\uFEFF")) {
            throw new MalformedJson("begins with a byte order mark (U+FEFF): write it without one");
        }
        return decoded;
    }

    private static int lineOf(byte[] bytes, int position) {
        int line = 1;
        for (int i = 0; i < position; i++) {
            if (bytes[i] == '\n') {
                line++;
            }
        }
        return line;
    }
}
