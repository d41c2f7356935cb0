package io.jenkins.plugins.promise.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.promise.engine.OrchestrationCompiler;
import io.jenkins.plugins.promise.suite.Suite;
import io.jenkins.plugins.promise.suite.SuiteCompiler;
import io.jenkins.plugins.promise.suite.SuiteReader;
import io.jenkins.plugins.promise.testing.SuiteFolder;
import io.jenkins.plugins.promise.testing.ZipEdit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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
    private Bundle bundle;
    private byte[] bytes;
    private String greet;

    @Before
    public void compile() throws IOException {
        SuiteFolder suite = new SuiteFolder(folder.newFolder().toPath())
                .file("suite.yaml", "name: hello\nlibraries: { prepend: [lib/a.groovy] }\n")
                .file("lib/a.groovy", "def helper() { 1 }\n")
                .file("jobs/say/data/table.txt", "1 2 3\n")
                .worker(
                        "say",
                        "echo hello",
                        "inputs: { TEXT: { type: string, default: hi } }",
                        "outputs: { type: object, properties: { size: { type: number, minimum: 1.50 } } }",
                        "deadline: 90s",
                        "token: ${SAY_TOKEN}")
                .orchestration("greet", "worker job: 'say'");
        Suite read = reader.read(suite.root());
        assertThat(read.errors()).isEmpty();
        bundle = new Bundle(read.name(), new SuiteCompiler(reader, Map.of("SAY_TOKEN", "s3cret")).compile(read));
        bytes = bundle.bytes();
        greet = bundle.versions().get(1).version();
    }

    @Test
    public void comesBackAsItWas() throws Exception {
        Bundle back = Bundle.read(bytes, ROOM);

        assertThat(back.suite()).isEqualTo("hello");
        assertThat(back.versions()).isEqualTo(bundle.versions());
        assertThat(back.releases().get(0).files().keySet())
                .containsExactlyInAnyOrder("job.yaml", "run.sh", "data/table.txt");
        assertThat(back.releases().get(1).source())
                .isEqualTo(bundle.releases().get(1).source());
        assertThat(bundle.bytes()).as("the same suite, the same bytes").isEqualTo(bytes);
        assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).doesNotContain("s3cret");
    }

    private void refused(byte[] broken, String because) {
        assertThatThrownBy(() -> Bundle.read(broken, ROOM))
                .isInstanceOf(BrokenBundle.class)
                .hasMessageContaining(because);
    }

    @Test
    public void whatIsDamagedIsRefused() throws IOException {
        refused(new byte[0], "no bundle");
        refused("hello".getBytes(StandardCharsets.UTF_8), "no bundle");
        // The central directory at the end is not needed; up to it every cut is told.
        int end = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("PK\u0001\u0002");
        for (int length = 1; length < end; length += 7) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> Bundle.read(cut, ROOM)).isInstanceOf(BrokenBundle.class);
        }
    }

    @Test
    public void contentThatIsNotWhatTheVersionWasMadeOfIsRefused() throws IOException {
        ZipEdit edit = new ZipEdit(bytes);
        refused(edit.with(bundle.versions().get(0).version() + "/files/run.sh", "rm -rf /"), "is damaged");
        refused(edit.with(greet + "/files/extra.txt", "more"), "is damaged");
        refused(edit.without(greet + "/source.json"), "is damaged");
        refused(edit.with("other-v1-1234567/files/a", "more"), "belongs to none of its versions");
        refused(edit.with("bundle.json", "{"), "bundle.json is damaged");
        refused(edit.with("bundle.json", "{\"format\":2,\"suite\":\"a\",\"versions\":[{}]}"), "its format is 2");
        refused(edit.with("bundle.json", "{\"format\":1,\"suite\":\"a\",\"versions\":[]}"), "no versions in it");
        refused(edit.replacing("bundle.json", "\"name\" : \"say\"", "\"name\" : \"../say\""), "is no version of a job");
        refused(edit.replacing("bundle.json", "\"script\" : \"run.sh\"", "\"script\" : \"../x\""), "lacks its");
    }

    @Test
    public void pathsThatLeadOutAreRefused() throws IOException {
        ZipEdit edit = new ZipEdit(bytes);
        for (String path : List.of(
                "../evil",
                greet + "/files/../../../evil",
                "/etc/evil",
                greet + "/files//evil",
                greet + "\\files\\evil",
                "C:/evil",
                greet + "/files/./evil",
                greet + "/files/",
                greet + "/files/a\u0007b")) {
            refused(edit.with(path, "evil"), "a path that is not allowed");
        }
    }

    @Test
    public void whatExpandsToMoreThanIsAllowedIsRefused() throws IOException {
        byte[] bomb = new ZipEdit(bytes).with(greet + "/files/zeros", "0".repeat(2_000_000));

        assertThat(bomb.length).isLessThan(20_000);
        refused(bomb, "too large");
    }
}
