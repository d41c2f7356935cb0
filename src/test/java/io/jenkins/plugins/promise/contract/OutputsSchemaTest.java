package io.jenkins.plugins.promise.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.google.common.base.Splitter;
import io.jenkins.plugins.promise.contract.json.Json;
import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.Test;

public class OutputsSchemaTest {
    private static JsonNode json(String text) throws JsonProcessingException {
        return Json.mapper().readTree(text.replace('\'', '"'));
    }

    private static OutputsSchema schema(String text) throws JsonProcessingException {
        return OutputsSchema.of(json(text));
    }

    private static List<String> problems(String text) throws JsonProcessingException {
        return schema(text).problems().stream().map(Violation::toString).toList();
    }

    private static final String CIRCLE =
            "comes back to where it started without going down into the data; let it go through properties or items";

    @Test
    public void referencesInACircleWithoutProgressAreRefused() throws JsonProcessingException {
        assertThat(problems("{'$ref': '#'}")).containsExactly("$ref " + CIRCLE);
        assertThat(problems("{'allOf': [{'$ref': '#'}]}")).containsExactly("allOf.0.$ref " + CIRCLE);
        assertThat(problems("{'properties': {'a': {'$ref': '#/$defs/x'}}, '$defs': {'x': {'anyOf': [true,"
                        + " {'$ref': '#/$defs/y'}]}, 'y': {'if': {'$ref': '#/$defs/x'}}}}"))
                .hasSize(1)
                .allMatch(p -> p.endsWith(CIRCLE));
        assertThat(problems("{'dependentSchemas': {'a': {'$dynamicRef': '#top'}}, '$dynamicAnchor': 'top'}"))
                .containsExactly("dependentSchemas.a.$dynamicRef " + CIRCLE);
    }

    @Test
    public void referencesThatGoDownIntoTheDataAreTaken() throws JsonProcessingException {
        OutputsSchema tree = schema("{'type': 'object', 'required': ['name'], 'properties': {'children':"
                + " {'items': {'$ref': '#'}}, 'name': {'$ref': '#/$defs/text'}}, '$defs': {'text': {'type': 'string',"
                + " '$anchor': 'text'}}, 'not': {'$ref': '#text'}}");

        assertThat(tree.problems()).isEmpty();
        assertThat(tree.check(json("{'name': 'a', 'children': [{'name': 'b', 'children': []}]}")))
                .isEmpty();
        assertThat(tree.check(json("{'name': 'a', 'children': [{'name': 1}]}")))
                .singleElement()
                .asString()
                .startsWith("data.children[0].name: integer found, string expected");
    }

    @Test
    public void referencesThatLeadOutOrNowhereAreRefused() throws JsonProcessingException {
        assertThat(problems("{'properties': {'a': {'$ref': 'https://example.com/s.json'}}}"))
                .containsExactly(
                        "properties.a.$ref 'https://example.com/s.json' leads out of the schema, and nothing is"
                                + " fetched; write it under $defs and refer to it as '#/$defs/NAME'");
        assertThat(problems("{'$ref': 'file:///etc/passwd'}")).hasSize(1);
        assertThat(problems("{'$ref': '#/$defs/b', '$defs': {'a': {}}}"))
                .containsExactly("$ref '#/$defs/b' leads to no part of the schema; write it under $defs and refer to it"
                        + " as '#/$defs/NAME'");
        assertThat(problems("{'$ref': '#nowhere'}")).hasSize(1);
        assertThat(problems("{'$ref': '#/%zz'}")).isNotEmpty();
        assertThat(problems("{'items': {'$id': 'https://example.com/', '$ref': '#'}}"))
                .contains("items.$id gives a part of the schema an address of its own; leave it out");
        assertThat(problems("{'$schema': 'http://json-schema.org/draft-07/schema#'}"))
                .containsExactly("$schema must be https://json-schema.org/draft/2020-12/schema, or be left out");
        assertThat(problems("{'const': {'$ref': 'no reference'}, 'properties': {'$ref': {'type': 'string'}}}"))
                .isEmpty();
    }

    @Test
    public void schemasThatAreTooDeepAreRefused() throws JsonProcessingException {
        String deep = "{'items': ".repeat(900) + "{}" + "}".repeat(900);
        assertThat(problems(deep)).containsExactly("is nested deeper than 64 levels; move parts of it under $defs");
        assertThat(schema(deep).check(json("[]")))
                .singleElement()
                .asString()
                .startsWith("outputs is not a usable JSON Schema: is nested deeper than 64 levels");

        String chain = IntStream.range(0, 5_000)
                .mapToObj(i -> "'d" + i + "': {'$ref': '#/$defs/d" + (i + 1) + "'}")
                .collect(Collectors.joining(", ", "{'$ref': '#/$defs/d0', '$defs': {", ", 'd5000': true}}"));
        assertThat(problems(chain)).containsExactly("goes through a chain of more than 64 references; shorten it");

        String doubling = IntStream.range(0, 40)
                .mapToObj(i -> "'d%d': {'allOf': [{'$ref': '#/$defs/d%d'}, {'$ref': '#/$defs/d%d'}]}"
                        .formatted(i, i + 1, i + 1))
                .collect(Collectors.joining(", ", "{'$ref': '#/$defs/d10', '$defs': {", ", 'd40': true}}"));
        assertThat(problems(doubling)).singleElement().asString().contains("its references multiply");
    }

    @Test
    public void whatIsNoSchemaIsRefusedWithItsPath() throws JsonProcessingException {
        assertThat(problems("{'properties': {'a': {'type': 'strin'}}}"))
                .isNotEmpty()
                .allMatch(p -> p.startsWith("properties.a.type is not as JSON Schema has it: "));
        assertThat(problems("'a'")).containsExactly("must be a JSON Schema: an object, true or false");
        assertThat(problems("{'pattern': '(?=a)'}")).singleElement().asString().startsWith("pattern is not an RE2");
        assertThat(problems("{'patternProperties': {'(': true}}"))
                .singleElement()
                .asString()
                .startsWith("patternProperties is not an RE2");
    }

    /** As of a contract that was stored before schemas were checked when they are read. */
    @Test
    public void aSchemaThatIsNotUsableIsToldAndNotThrown() throws JsonProcessingException {
        assertThat(schema("{'$ref': '#'}").check(json("{}")))
                .containsExactly("outputs is not a usable JSON Schema: $ref " + CIRCLE);
    }

    @Test
    public void anErrorOfTheLibraryIsToldAndNotThrown() throws JsonProcessingException {
        JsonNode data = json("[]");
        for (int i = 0; i < 50_000; i++) {
            data = Json.mapper().createArrayNode().add(data);
        }

        assertThat(schema("{'items': {'$ref': '#'}}").check(data))
                .containsExactly("data cannot be checked against outputs: StackOverflowError");
    }

    @Test(timeout = 20_000)
    public void noTextMakesAPatternSlow() throws JsonProcessingException {
        OutputsSchema slow = schema("{'pattern': '^(a+)+$'}");

        assertThat(slow.check(json("'" + "a".repeat(50_000) + "!'"))).hasSize(1);
    }

    @Test
    public void ofMuchThatIsWrongALittleIsTold() throws JsonProcessingException {
        ArrayNode some = Json.mapper().createArrayNode();
        IntStream.range(0, 20).forEach(some::add);
        ArrayNode much = Json.mapper().createArrayNode();
        IntStream.range(0, 200_000).forEach(much::add);
        OutputsSchema texts = schema("{'items': {'type': 'string'}}");

        assertThat(texts.check(some)).hasSize(11).endsWith("and 10 more");
        assertThat(texts.check(much)).hasSize(1);
    }

    @Test
    public void isMadeReadyOnceForAllReports() throws JsonProcessingException {
        OutputsSchema schema = schema("{'type': 'object'}");

        assertThat(schema.ready()).isSameAs(schema.ready());
    }

    /** As on Jenkins, where only the plugin's own class loader knows what is in the plugin. */
    @Test
    public void theThreadsClassLoaderNeedNotKnowIt() throws Exception {
        List<URL> classes = new ArrayList<>();
        for (String entry : Splitter.on(File.pathSeparatorChar).split(System.getProperty("java.class.path"))) {
            classes.add(Path.of(entry).toUri().toURL());
        }
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader plugin =
                new URLClassLoader(classes.toArray(new URL[0]), ClassLoader.getPlatformClassLoader())) {
            thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
            Class<?> type = plugin.loadClass(OutputsSchema.class.getName());
            Object schema = type.getMethod("parse", String.class).invoke(null, "{\"type\": \"objct\"}");
            assertThat((List<?>) type.getMethod("problems").invoke(schema)).isNotEmpty();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
