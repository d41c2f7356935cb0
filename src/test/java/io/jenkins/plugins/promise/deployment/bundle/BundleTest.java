package io.jenkins.plugins.promise.deployment.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.engine.compiler.OrchestrationCompiler;
import io.jenkins.plugins.promise.suite.Suite;
import io.jenkins.plugins.promise.suite.SuiteCompiler;
import io.jenkins.plugins.promise.suite.SuiteReader;
import io.jenkins.plugins.promise.testing.SuiteFolder;
import io.jenkins.plugins.promise.testing.ZipEdit;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What is taken as a bundle, and what is not. */
public class BundleTest {
    private static final long ROOM = 1_000_000;

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private final SuiteReader reader = new SuiteReader(new OrchestrationCompiler());
    private Path incoming;
    private Bundle bundle;
    private byte[] bytes;
    private ZipEdit edit;
    private String say;
    private String greet;

    @Before
    public void compile() throws IOException {
        incoming = folder.newFolder().toPath();
        SuiteFolder suite = new SuiteFolder(folder.newFolder().toPath())
                .file("suite.yaml", "name: hello\nlibraries: { prepend: [lib/a.groovy] }\n")
                .file("lib/a.groovy", "def helper() { 1 }\n")
                .file("jobs/say/data/table.txt", "1 2 3\n")
                .worker(
                        "say",
                        "echo hello",
                        "inputs: { TEXT: { type: string, default: hi }, HOW: { type: choice, choices: [a, b] }, NO: { default: '' } }",
                        "outputs: { type: object, properties: { size: { type: number, minimum: 1.50, enum: [null] } } }",
                        "deadline: 90s",
                        "keep: { days: 3 }",
                        "token: ${SAY_TOKEN}")
                .orchestration("greet", "worker job: 'say'");
        Suite read = reader.read(suite.root());
        assertThat(read.errors()).isEmpty();
        bundle = new SuiteCompiler(reader, Map.of("SAY_TOKEN", "s3cret")).compile(read);
        bytes = written(bundle);
        edit = new ZipEdit(bytes);
        say = bundle.versions().get(0).version();
        greet = bundle.versions().get(1).version();
    }

    private static byte[] written(Bundle bundle) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        bundle.write(out);
        return out.toByteArray();
    }

    private ReceivedBundle receive(byte[] sent) throws Refused {
        return ReceivedBundle.receive(new ByteArrayInputStream(sent), incoming, ROOM);
    }

    @Test
    public void comesBackAsItWas() throws Exception {
        try (ReceivedBundle received = receive(bytes)) {
            Bundle back = received.bundle();
            assertThat(back.suite()).isEqualTo("hello");
            assertThat(back.versions()).isEqualTo(bundle.versions());
            assertThat(back.tokens()).isEqualTo(bundle.tokens()).containsOnlyKeys("say");
            assertThat(back.releases().get(0).files().keySet())
                    .containsExactlyInAnyOrder("job.yaml", "run.sh", "data/table.txt");
            assertThat(back.releases().get(0).files().get("run.sh").read())
                    .asString()
                    .isEqualTo("echo hello\n");
            assertThat(back.releases().get(1).script())
                    .isEqualTo(bundle.releases().get(1).script());
            assertThat(written(back)).as("the same suite, the same bytes").isEqualTo(bytes);
        }
        assertThat(written(bundle)).isEqualTo(bytes);
        assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).doesNotContain("s3cret");
        assertThat(incoming).isEmptyDirectory();
    }

    private void refused(byte[] broken, String because) {
        assertThatThrownBy(() -> receive(broken))
                .as(because)
                .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.why()).isEqualTo(Refused.Why.INVALID))
                .hasMessageStartingWith("the bundle is refused: ")
                .hasMessageContaining(because)
                .hasMessageNotContainingAny("Exception", "io.jenkins", "\n");
        assertThat(incoming).as("nothing is left of it").isEmptyDirectory();
    }

    @Test
    public void whatIsDamagedIsRefused() throws IOException {
        refused(new byte[0], "no bundle");
        refused("hello".getBytes(StandardCharsets.UTF_8), "no bundle");
        for (int length = 1; length < bytes.length; length += 7) {
            refused(Arrays.copyOf(bytes, length), "damaged or cut short");
        }
        refused(Arrays.copyOf(bytes, bytes.length + 1), "damaged or cut short");
        refused(edit.miscounting("bundle.json"), "bundle.json is damaged: its checksum");
        refused(edit.claiming("bundle.json", 10), "bundle.json is damaged: its checksum");
        refused(edit.claiming(say + "/files/run.sh", 3), "is damaged");
    }

    @Test
    public void contentThatIsNotWhatTheVersionWasMadeOfIsRefused() throws IOException {
        refused(edit.with(say + "/files/run.sh", "rm -rf /"), "its files are not those it was made of");
        refused(edit.with(greet + "/files/extra.txt", "more"), "its files are not those it was made of");
        refused(edit.without(greet + "/source.json"), "has no script: there is no " + greet + "/source.json");
        refused(edit.without(say + "/files/run.sh"), "has no script: there is no " + say + "/files/run.sh");
        refused(edit.without(say + "/files/data/table.txt"), "its files are not those it was made of");
        refused(edit.with("other-v1-1234567/files/a", "more"), "'other-v1-1234567/files/a', which belongs to none");
        refused(edit.with(say + "/source.json", "{}"), "which belongs to none of its versions");
        refused(edit.with(say + "/more", "more"), "which belongs to none of its versions");
        refused(edit.without("bundle.json"), "there is no bundle.json in it");
    }

    private void index(String because, Consumer<ObjectNode> change) throws IOException {
        ObjectNode index = (ObjectNode) Json.mapper().readTree(edit.content("bundle.json"));
        change.accept(index);
        refused(edit.with("bundle.json", index.toString()), because);
    }

    private void worker(String because, Consumer<ObjectNode> change) throws IOException {
        index(because, i -> change.accept((ObjectNode) i.at("/versions/0")));
    }

    private void orchestration(String because, Consumer<ObjectNode> change) throws IOException {
        index(because, i -> change.accept((ObjectNode) i.at("/versions/1")));
    }

    private void contract(String because, Consumer<ObjectNode> change) throws IOException {
        worker(because, w -> change.accept((ObjectNode) w.get("contract")));
    }

    @Test
    public void anIndexWithNullMembersIsRefused() throws IOException {
        index("bundle.json: suite is null", i -> i.putNull("suite"));
        index("bundle.json: versions is null", i -> i.putNull("versions"));
        index("bundle.json: versions[0] is null", i -> i.putArray("versions").addNull());
        index("bundle.json: tokens is null", i -> i.putNull("tokens"));
        index("bundle.json: tokens.say is null", i -> i.putObject("tokens").putNull("say"));
        worker("bundle.json: versions[0].kind is null", w -> w.putNull("kind"));
        worker("bundle.json: versions[0].contract is null", w -> w.putNull("contract"));
        worker("bundle.json: versions[0].script is null", w -> w.putNull("script"));
        worker("bundle.json: versions[0].content is null", w -> w.putNull("content"));
        worker("bundle.json: versions[0].uses is null", w -> w.putNull("uses"));
        contract("versions[0].contract.inputs is null", c -> c.putNull("inputs"));
        contract("versions[0].contract.inputs[0] is null", c -> c.putArray("inputs")
                .addNull());
        contract(
                "versions[0].contract.inputs[1].choices[0] is null",
                c -> ((ObjectNode) c.at("/inputs/1")).putArray("choices").addNull());
        contract("versions[0].contract.inputs[0].name is null", c -> ((ObjectNode) c.at("/inputs/0")).putNull("name"));
        contract("versions[0].contract.outputs is null", c -> c.putNull("outputs"));
        contract("versions[0].contract.keep is null", c -> c.putNull("keep"));
        contract("versions[0].contract.deadline is null", c -> c.putNull("deadline"));
        orchestration("versions[1].uses.say is null", o -> o.putObject("uses").putNull("say"));
    }

    @Test
    public void anIndexThatMakesNoSenseIsRefused() throws IOException {
        for (String text : List.of("", "{", "[]", "null", "1", "{}{}")) {
            refused(edit.with("bundle.json", text), "bundle.json is ");
        }
        String index = edit.content("bundle.json").strip();
        refused(edit.with("bundle.json", index + "{}"), "bundle.json is refused: line");
        refused(
                edit.with("bundle.json", index.replaceFirst("\"suite\"", "\"suite\":\"a\",\"suite\"")),
                "bundle.json is not JSON: line 3");
        index("its format is 1, and this controller reads 2", i -> i.put("format", 1));
        index("its format is 0", i -> i.remove("format"));
        index("there are no versions", i -> i.putArray("versions"));
        index("there are no versions", i -> i.remove("versions"));
        index("its suite has no name", i -> i.remove("suite"));
        index("its suite has no name", i -> i.put("suite", " "));
        index("its suite has no name", i -> i.put("suite", "a\nb"));
        index("its suite has no name", i -> i.put("suite", "a".repeat(101)));
        index("bundle.json: surplus is nothing that this controller knows", i -> i.put("surplus", 1));
        worker("versions[0].surplus is nothing that this controller knows", w -> w.put("surplus", 1));
        contract("versions[0].contract.surplus is nothing that", c -> c.put("surplus", 1));
        index("a token for 'other', which is none of its jobs", i -> ((ObjectNode) i.get("tokens")).put("other", "a"));
        index("the token of say is no SHA-256", i -> ((ObjectNode) i.get("tokens")).put("say", "secret"));
        index("two versions of the job say", i -> {
            ArrayNode versions = (ArrayNode) i.get("versions");
            versions.add(versions.get(0));
        });
        refused(
                edit.replacing("bundle.json", "\"name\" : \"say\"", "\"name\" : \"say\", \"about\" : \"\\ud800\""),
                "bundle.json is refused: line 6: a text ");
    }

    @Test
    public void aVersionThatMakesNoSenseIsRefused() throws IOException {
        worker("lacks its kind", w -> w.remove("kind"));
        worker("versions[0].kind is nothing that can stand there", w -> w.put("kind", "helper"));
        worker("lacks its contract", w -> w.remove("contract"));
        worker("lacks its content", w -> w.remove("content"));
        worker("has a content of another form", w -> w.put("content", "abc"));
        worker("its files are not those it was made of", w -> w.put("content", "2:" + "0".repeat(64)));
        worker("lacks its script", w -> w.remove("script"));
        for (String script : List.of("", "../x", "a/b", "a\\b", "..", ".", "a ", "/x", "C:x")) {
            worker("lacks its script", w -> w.put("script", script));
        }
        worker("is no version of a job", w -> w.put("version", "say"));
        worker("is no version of a job", w -> w.put("name", "../say"));
        worker("is no version of a job", w -> w.remove("name"));
        orchestration("only workers have a label", o -> o.put("label", "linux"));
        orchestration("'say-v9-1234567', which does not stand before it", o -> o.putObject("uses")
                .put("say", "say-v9-1234567"));
        orchestration("which is no version of it", o -> o.putObject("uses").put("other", say));
        index("workers use no jobs", i -> {
            ArrayNode versions = (ArrayNode) i.get("versions");
            ObjectNode worker = (ObjectNode) versions.get(0);
            ObjectNode orchestration = (ObjectNode) versions.get(1);
            orchestration.remove("uses");
            worker.putObject("uses").put("greet", greet);
            versions.removeAll().add(orchestration).add(worker);
        });
    }

    @Test
    public void aContractThatMakesNoSenseIsRefused() throws IOException {
        for (String deadline :
                List.of("PT-1S", "PT0S", "PT0.5S", "PT1.5S", "PT24000000H", "PT1000001S", "P106751991167300D")) {
            contract(": deadline must be ", c -> c.put("deadline", deadline));
        }
        contract("versions[0].contract.deadline is nothing that can stand there", c -> c.put("deadline", "soon"));
        for (int days : List.of(0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE)) {
            contract(": keep.days must be a whole number", c -> c.putObject("keep")
                    .put("days", days));
            contract(": keep.builds must be a whole number", c -> c.putObject("keep")
                    .put("builds", days));
        }
        contract("versions[0].contract.keep.days is nothing that can stand there", c -> c.putObject("keep")
                .put("days", 1.5));
        contract("versions[0].contract.keep.days is nothing that can stand there", c -> c.putObject("keep")
                .put("days", 99_999_999_999L));
        contract("versions[0].contract.inputs[0] is nothing that can stand there", c -> ((ObjectNode) c.at("/inputs/0"))
                .remove("name"));
        contract("versions[0].contract.inputs[0] is nothing that can stand there", c -> ((ObjectNode) c.at("/inputs/0"))
                .remove("type"));
        contract(": inputs.TEXT is declared twice", c -> ((ArrayNode) c.get("inputs")).add(c.at("/inputs/0")));
        contract(": inputs.HOW.choices an input of type choice", c -> ((ObjectNode) c.at("/inputs/1"))
                .remove("choices"));
        contract(": outputs must be a JSON Schema", c -> c.put("outputs", "text"));
        contract(": outputs.type is not as JSON Schema", c -> c.putObject("outputs")
                .put("type", 5));
    }

    @Test
    public void aScriptThatMakesNoSenseIsRefused() throws IOException {
        String source = greet + "/source.json";
        for (String parts : List.of(
                "{}",
                "{\"parts\":[]}",
                "{\"parts\":{}}",
                "{\"parts\":[1]}",
                "{\"parts\":[{}]}",
                "{\"parts\":[{\"file\":\"a\"}]}",
                "{\"parts\":[{\"file\":\"a\",\"text\":1}]}")) {
            refused(edit.with(source, parts), "source.json is damaged: it has no parts of a file and a text each");
        }
        refused(edit.with(source, "{\"parts\":null}"), "source.json: parts is null");
        refused(edit.with(source, "{\"parts\":[null]}"), "source.json: parts[0] is null");
        refused(edit.with(source, "{\"parts\":[{\"file\":\"a\",\"text\":null}]}"), "parts[0].text is null");
        refused(edit.with(source, "{"), "source.json is not JSON: line 1");
    }

    @Test
    public void aScriptThatNoEngineWouldRunRightIsRefusedWithItsFileAndLine() throws IOException {
        String parts =
                """
                {"parts": [
                  {"file": "lib/a.groovy", "text": "def helper() { 1 }\\n"},
                  {"file": "jobs/greet/run.groovy", "text": "def a = 1\\nreport data: [2, 1].sort { it }"}
                ]}
                """;
        refused(
                edit.with(greet + "/source.json", parts),
                "the script of " + greet
                        + " would not run: jobs/greet/run.groovy line 2: 'sort' cannot call a closure of"
                        + " the script back");
        refused(
                edit.with(greet + "/source.json", "{\"parts\": [{\"file\": \"a.groovy\", \"text\": \"def a = [\"}]}"),
                "the script of " + greet + " would not run: a.groovy line ");
    }

    @Test
    public void pathsThatAreNotFilesInsideAreRefused() throws IOException {
        for (String path : List.of(
                "../evil",
                greet + "/files/../../../evil",
                "/etc/evil",
                greet + "/files//evil",
                greet + "\\files\\evil",
                "C:/evil",
                greet + "/files/./evil",
                greet + "/files/",
                greet + "/files/a\u0007b",
                greet + "/files/a\u0085b",
                greet + "/files/a.",
                greet + "/files/a /b",
                greet + "/files/" + "a".repeat(256),
                greet + "/files/" + "a/".repeat(40) + "a")) {
            refused(edit.with(path, "evil"), "a path that is not allowed");
        }
        refused(edit.linking(say + "/files/run.sh", "/etc/passwd"), "the symbolic link '" + say + "/files/run.sh'");
    }

    @Test
    public void namesThatAreOneFileOnSomeDiskAreRefused() throws IOException {
        refused(
                edit.with(say + "/files/RUN.sh", "x"),
                "/files/run.sh' and '" + say + "/files/RUN.sh', which are the same file where case does not count");
        refused(
                new ZipEdit(edit.with(say + "/files/\u00e9", "x")).with(say + "/files/e\u0301", "x"),
                "which are the same file");
        refused(
                edit.with(say + "/files/run.sh/inside", "x"),
                "/files/run.sh' as a file and as the folder of '" + say + "/files/run.sh/inside'");
        refused(edit.with(say + "/files/Data", "x"), "as a file and as the folder of");
    }

    @Test
    public void whatExpandsToMoreThanIsAllowedIsRefused() throws IOException {
        byte[] bomb = edit.with(greet + "/files/zeros", "0".repeat(10_000_001));
        assertThat(bomb.length).isLessThan(50_000);
        refused(bomb, "too large: expanded");
        refused(edit.with("bundle.json", " ".repeat(9_000_000)), "bundle.json is too large");
        refused(edit.with(greet + "/source.json", " ".repeat(9_000_000)), "source.json is too large");
        refusedAnyway(many(50_001));
        assertThatThrownBy(() -> receive(new byte[(int) ROOM + 1]))
                .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.why()).isEqualTo(Refused.Why.TOO_LARGE))
                .hasMessageContaining("a bundle may have at most 1000000 bytes");
        assertThat(incoming).isEmptyDirectory();
    }

    private void refusedAnyway(byte[] many) {
        assertThatThrownBy(() -> ReceivedBundle.receive(new ByteArrayInputStream(many), incoming, many.length))
                .hasMessageContaining("too large: it may hold at most 50000 files");
    }

    private static byte[] many(int entries) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.setMethod(ZipOutputStream.STORED);
            for (int entry = 0; entry < entries; entry++) {
                ZipEntry empty = new ZipEntry(Integer.toString(entry, Character.MAX_RADIX));
                empty.setSize(0);
                empty.setCrc(0);
                zip.putNextEntry(empty);
            }
        }
        return out.toByteArray();
    }
}
