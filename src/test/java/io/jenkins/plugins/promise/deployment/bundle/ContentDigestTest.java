package io.jenkins.plugins.promise.deployment.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.io.ByteSource;
import io.jenkins.plugins.promise.contract.Contract;
import io.jenkins.plugins.promise.contract.Input;
import io.jenkins.plugins.promise.contract.InputType;
import io.jenkins.plugins.promise.contract.JobKind;
import io.jenkins.plugins.promise.contract.Keep;
import io.jenkins.plugins.promise.contract.OutputsSchema;
import io.jenkins.plugins.promise.contract.Receives;
import io.jenkins.plugins.promise.contract.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.Test;

/** A version never changes: what its digest is today it is in every later release, or the number of its form is another. */
public class ContentDigestTest {
    private static final Deployed WORKER =
            new Deployed("", "size", JobKind.WORKER, Contract.of(), null, "size.sh", null, "", Map.of());
    private static final Map<String, ByteSource> FILES = Map.of("size.sh", bytes("echo 1\n"), "a/b.txt", bytes(""));

    private static ByteSource bytes(String text) {
        return ByteSource.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String digest(Deployed is, ScriptSource source, Map<String, ByteSource> files) throws IOException {
        return ContentDigest.of(is, source, files).text();
    }

    private static Deployed full(Contract contract) {
        return new Deployed(
                "x-v1-1234567",
                "x",
                JobKind.ORCHESTRATION,
                contract,
                "prices a part",
                "x.groovy",
                "linux && gpu",
                "any",
                Map.of("size", "size-v2-1234567", "mesh", "mesh-v1-1234567"));
    }

    private static Contract contract(String outputs) throws IOException {
        return new Contract(
                List.of(
                        new Input("FROM", InputType.URI, true, null, "s3://.*", null, null, "where it is"),
                        new Input("HOW", InputType.CHOICE, false, "b", null, List.of("a", "b"), null, null),
                        new Input("BACK", InputType.CALLBACK, true, null, null, null, Receives.REPORT, null)),
                outputs == null ? null : OutputsSchema.of(Json.mapper().readTree(outputs)),
                Duration.ofMinutes(30),
                new Keep(3, 20));
    }

    private static ScriptSource source() {
        return new ScriptSource(List.of(
                new ScriptSource.Part("lib/a.groovy", "def one() { 1 }\n"),
                new ScriptSource.Part("x.groovy", "one()")));
    }

    @Test
    public void fixedReleasesHaveTheDigestsThatTheyAlwaysHad() throws IOException {
        assertThat(digest(WORKER, null, FILES))
                .isEqualTo("2:5efac97815364b779e786102e86b7250b7c0eee6a00cb01f8061ceb7868bcff5");
        assertThat(digest(
                        full(
                                contract(
                                        "{\"type\":\"object\",\"properties\":{\"n\":{\"minimum\":1.50}},\"enum\":[null,true,\"é\"]}")),
                        source(),
                        Map.of()))
                .isEqualTo("2:8088c678425fe59f52dfc59c6f233819f79fd3b96dfad7f8324f0d35716364c1");
    }

    @Test
    public void everyMemberCounts() throws IOException {
        List<String> digests = new ArrayList<>();
        for (String outputs : Arrays.asList(
                null,
                "{}",
                "{\"a\":1}",
                "{\"a\":\"1\"}",
                "{\"a\":1.0}",
                "{\"a\":[1]}",
                "{\"a\":[[1]]}",
                "true",
                "{\"a\":true}",
                "{\"a\":null}",
                "{\"a\":\"null\"}")) {
            digests.add(digest(full(contract(outputs)), source(), FILES));
        }
        digests.add(digest(full(contract(null)), null, FILES));
        digests.add(digest(full(contract(null)), source(), Map.of()));
        digests.add(digest(full(contract(null)), source(), Map.of("size.sh", bytes("echo 1"), "a/b.txt", bytes("\n"))));
        digests.add(digest(full(Contract.of()), source(), FILES));
        Input input = Input.optional("A", InputType.STRING);
        for (Input one : List.of(
                input,
                input.asRequired(),
                input.withDefault(""),
                input.withDefault("x"),
                new Input("A", InputType.STRING, false, null, "x", null, null, null),
                new Input("A", InputType.STRING, false, null, null, null, null, "x"),
                Input.optional("A", InputType.TEXT),
                Input.optional("B", InputType.STRING))) {
            digests.add(digest(full(Contract.of(one)), source(), FILES));
        }
        for (Contract one : List.of(
                new Contract(null, null, Duration.ofSeconds(1), null),
                new Contract(null, null, null, null, 1, null, null),
                new Contract(null, null, null, null, null, 1, null),
                new Contract(null, null, null, null, null, null, List.of("a")),
                new Contract(null, null, null, null, null, null, List.of("a", "b")),
                new Contract(null, null, null, new Keep(1, null)),
                new Contract(null, null, null, new Keep(null, 1)))) {
            digests.add(digest(full(one), source(), FILES));
        }

        Set<String> different = new HashSet<>(digests);
        assertThat(different).hasSameSizeAs(digests);
        assertThat(digest(full(contract("{\"b\":2,\"a\":1}")), source(), FILES))
                .as("the order of members says nothing")
                .isEqualTo(digest(full(contract("{\"a\":1,\"b\":2}")), source(), FILES));
    }

    @Test
    public void aNewMemberOfAContractHasItsPlaceInTheDigest() {
        assertThat(names(Contract.class))
                .as("a member that is added here is added to ContentDigest, when it is there, and to everyMemberCounts")
                .containsExactly("inputs", "outputs", "deadline", "keep", "concurrency", "attempts", "produces");
        assertThat(names(Input.class))
                .containsExactly("name", "type", "required", "defaultValue", "pattern", "choices", "receives", "about");
        assertThat(names(Keep.class)).containsExactly("days", "builds");
        assertThat(names(Deployed.class))
                .containsExactly("version", "name", "kind", "contract", "about", "script", "label", "content", "uses");
    }

    private static List<String> names(Class<? extends Record> type) {
        return Arrays.stream(type.getRecordComponents()).map(c -> c.getName()).toList();
    }
}
