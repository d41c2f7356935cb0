package io.jenkins.plugins.promise.farm.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.hash.Hashing;
import io.jenkins.plugins.promise.contract.yaml.Finding;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class PluginResolverTest {
    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private final List<Finding> findings = new ArrayList<>();
    private Path plugins;

    @Before
    public void prepare() throws IOException {
        plugins = folder.newFolder("plugins").toPath();
        plugin("job", "1498.v33a_0c6f3a_4b_4", "2.479.1", "step:686.v603d058a_e148,view:2.0;resolution:=optional");
        plugin("step", "700.v6e45cb_a_5a_a_21", "2.479.3", "structs:338.v848422169819");
        plugin("structs", "343.vdcf37b_a_c81d5", "2.479.3", null);
    }

    private Path plugin(String name, String version, String core, String dependencies) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
        manifest.getMainAttributes().putValue("Short-Name", name);
        manifest.getMainAttributes().putValue("Plugin-Version", version);
        manifest.getMainAttributes().putValue("Jenkins-Version", core);
        if (dependencies != null) {
            manifest.getMainAttributes().putValue("Plugin-Dependencies", dependencies);
        }
        Path file = plugins.resolve(name + "-" + version + ".hpi");
        try (OutputStream out = Files.newOutputStream(file)) {
            new JarOutputStream(out, manifest).close();
        }
        return file;
    }

    private Collection<Plugin> resolve(String core, String... lines) throws IOException {
        return resolve(new PluginFolder(plugins), core, lines);
    }

    private Collection<Plugin> resolve(PluginSource source, String core, String... lines) throws IOException {
        Path file = folder.newFolder().toPath().resolve("plugins.txt");
        Files.write(file, List.of(lines));
        findings.clear();
        return new PluginResolver(source, core).resolve(PluginsFile.read(file, findings), findings);
    }

    private List<String> told() {
        return findings.stream()
                .map(f -> f.toString().replace(plugins.toString(), "plugins"))
                .toList();
    }

    @Test
    public void aPluginComesWithAllThatItNeedsAndWithItsChecksum() throws IOException {
        Collection<Plugin> resolved = resolve("2.479.3", "# ours", "job  # comment", "");

        assertThat(told()).isEmpty();
        assertThat(resolved).extracting(Plugin::name).containsExactly("job", "step", "structs");
        byte[] job = Files.readAllBytes(plugins.resolve("job-1498.v33a_0c6f3a_4b_4.hpi"));
        assertThat(resolved.iterator().next().sha256())
                .isEqualTo(Hashing.sha256().hashBytes(job).toString());
    }

    @Test
    public void whatIsMissingIsToldWithWhoAskedAndWhatWasMeant() throws IOException {
        plugin("matrix", "1.0", "2.479.3", "ionicons:82.v0597178874e1");
        resolve("2.479.3", "job", "matrix", "strutcs");

        assertThat(told())
                .containsExactly(
                        "plugins.txt:3: strutcs: is missing in the folder plugins; did you mean 'structs'?",
                        "plugins.txt:2: ionicons: is missing in the folder plugins");
    }

    @Test
    public void whatDoesNotFitTheCoreOrAnotherPluginIsTold() throws IOException {
        plugin("new", "2.0", "2.516.1", "structs:400.v1");
        resolve("2.479.3", "new", "job:1400.v1", "view:x", "job", "two words");

        assertThat(told())
                .containsExactly(
                        "plugins.txt:4: job is named twice",
                        "plugins.txt:5: 'two words' must be a plugin, name or name:version",
                        "plugins.txt:2: job: is asked for in version 1400.v1, and the folder plugins has"
                                + " 1498.v33a_0c6f3a_4b_4",
                        "plugins.txt:3: view: is missing in the folder plugins; did you mean 'new'?",
                        "plugins.txt:1: new: 2.0 needs Jenkins 2.516.1, and the farm has 2.479.3; take an older one, or a"
                                + " newer Jenkins",
                        "plugins.txt:1: new: 2.0 needs structs 400.v1, and the folder plugins has 343.vdcf37b_a_c81d5");
    }

    @Test
    public void anOptionalPluginThatIsThereMustFitToo() throws IOException {
        plugin("view", "1.9", "2.479.3", null);
        resolve("2.479.3", "job", "view");

        assertThat(told())
                .containsExactly(
                        "plugins.txt:1: job: 1498.v33a_0c6f3a_4b_4 needs view 2.0, and the folder plugins has 1.9");
    }

    @Test
    public void ofTwoVersionsTheNewerCounts() throws IOException {
        plugin("structs", "1000.v1", "2.479.3", null);

        assertThat(resolve("2.479.3", "structs")).extracting(Plugin::version).containsExactly("1000.v1");
    }

    @Test
    public void aFileThatIsNoPluginIsNamed() throws IOException {
        Path broken = Files.writeString(plugins.resolve("broken.hpi"), "no zip");

        assertThatThrownBy(() -> resolve("2.479.3", "job")).hasMessageStartingWith(broken + ": is no plugin");
    }

    @Test
    public void anUpdateCentreGivesAddressesAndChecksums() throws IOException {
        byte[] digest =
                Hashing.sha256().hashString("job", StandardCharsets.UTF_8).asBytes();
        Path file = folder.newFile("update-center.json").toPath();
        Files.writeString(
                file,
                "updateCenter.post(\n{\"plugins\": {\"job\": {\"version\": \"2\", \"requiredCore\": \"2.479.1\","
                        + " \"sha256\": \"" + Base64.getEncoder().encodeToString(digest) + "\","
                        + " \"url\": \"https://updates.example/job.hpi\","
                        + " \"dependencies\": [{\"name\": \"step\", \"version\": \"1\", \"optional\": false},"
                        + " {\"name\": \"view\", \"version\": \"1\", \"optional\": true}]},"
                        + " \"bare\": {\"version\": \"1\"}}}\n);\n");
        Collection<Plugin> resolved = resolve(new PluginSources(List.of(file, plugins)), "2.479.3", "job", "bare");

        assertThat(told())
                .containsExactly("plugins.txt:2: bare: " + file
                        + ": bare has no sha256, so nobody could tell whether it is the one");
        assertThat(resolved).extracting(Plugin::name).containsExactly("job", "step", "structs");
        Plugin job = resolved.iterator().next();
        assertThat(job.url()).isEqualTo("https://updates.example/job.hpi");
        assertThat(job.sha256())
                .isEqualTo(Hashing.sha256()
                        .hashString("job", StandardCharsets.UTF_8)
                        .toString());
    }

    @Test
    public void versionsAreOrderedAsJenkinsOrdersThem() {
        List<String> inOrder = List.of(
                "1.0-rc1",
                "1.0",
                "1.0.1",
                "1.9",
                "1.10",
                "2.479",
                "2.479.3",
                "2.480",
                "338.v848422169819",
                "343.vdcf37b_a_c81d5");
        List<String> sorted = new ArrayList<>(inOrder);
        Collections.reverse(sorted);
        sorted.sort((a, b) -> new PluginVersion(a).compareTo(new PluginVersion(b)));

        assertThat(sorted).isEqualTo(inOrder);
    }
}
