package io.jenkins.plugins.promise.component.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.promise.component.Component;
import io.jenkins.plugins.promise.component.ComponentFolder;
import io.jenkins.plugins.promise.component.Components;
import io.jenkins.plugins.promise.component.StepKind;
import io.jenkins.plugins.promise.contract.yaml.Finding;
import io.jenkins.plugins.promise.testing.SuiteFolder;
import io.jenkins.plugins.promise.watching.component.Watch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.transport.URIish;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What is found in a folder of components, what a file leaves out, and what is worth a look. */
public class ComponentsReaderTest {
    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private Path root;
    private ComponentFolder written;

    @Before
    public void prepare() throws IOException {
        root = folder.newFolder().toPath();
        written = new ComponentFolder(root);
    }

    private List<String> findings() {
        return new ComponentsReader()
                .read(root).findings().stream().map(Finding::toString).toList();
    }

    @Test
    public void theTalksExampleIsReadAsItIsWritten() {
        Components read = new ComponentsReader().read(written.talk().root());
        Component frontend = read.components().get("frontend");

        assertThat(read.errors()).isEmpty();
        assertThat(frontend.about()).isEqualTo("The customer's web page.");
        assertThat(frontend.source().repository()).isEqualTo("https://git.example/core-system.git");
        assertThat(frontend.source().folder()).isEqualTo("frontend");
        assertThat(frontend.source().watch())
                .containsExactly(Watch.of("frontend/src/**"), Watch.of("frontend/component.yaml"));
        assertThat(frontend.requires()).containsEntry("node", "8.12.0").containsEntry("os", "linux");
        assertThat(frontend.steps()).containsOnlyKeys(StepKind.values());
        assertThat(frontend.environments().get("production").secrets()).containsExactly("HEROKU_KEY");
        assertThat(frontend.environments().get("production").values())
                .containsEntry("HEROKU_APP", "somesite")
                .containsEntry("URL", "https://somesite.com");
        assertThat(frontend.depends()).containsExactly("platform-api", "teams-api");
        assertThat(read.environments().get("production").after()).isEqualTo("test");
        assertThat(read.environments().get("production").approve()).isTrue();
        assertThat(read.environments().get("test").integration()).isTrue();
    }

    @Test
    public void overlappingWatchesAndThoseOfNoFileAreWarnedOf() throws Exception {
        written.file("api/component.yaml", "component: api\ntest: make\nwatch: [api, shared]\n")
                .file("web/component.yaml", "component: web\ntest: make\nwatch: [web, 'shared/**', 'gone/*.js']\n")
                .file("shared/a.c", "1")
                .file("shared/b.c", "1");
        try (Git git = Git.init().setDirectory(root.toFile()).call()) {
            SuiteFolder.commit(git);
        }

        assertThat(findings())
                .containsExactly(
                        "web/component.yaml:3: warning: watch: 'gone/*.js' is no file that git has; a change of it is"
                                + " never seen",
                        "web/component.yaml:3: warning: watch: overlaps with that of api: a change of shared/a.c"
                                + " changes both");
    }

    @Test
    public void whatAFileLeavesOutIsWhereItLies() throws Exception {
        written.file("parts/shop/web/component.yaml", "component: web\ntest: make\n")
                .file("parts/shop/component.yaml", "component: shop\ntest: make\npath: .\n");
        try (Git git = Git.init().setDirectory(root.toFile()).call()) {
            SuiteFolder.commit(git);
            Component local = new ComponentsReader()
                    .read(root.resolve("parts"))
                    .components()
                    .get("web");
            assertThat(local.source().repository()).isEqualTo(root.toRealPath().toString());
            git.remoteAdd()
                    .setName("origin")
                    .setUri(new URIish("https://ci:hush@git.example/parts.git"))
                    .call();
        }
        Components read = new ComponentsReader().read(root.resolve("parts"));

        Component web = read.components().get("web");
        assertThat(web.source())
                .isEqualTo(new Component.Source(
                        "https://git.example/parts.git",
                        "main",
                        "parts/shop/web",
                        List.of(Watch.of("parts/shop/web")),
                        false));
        assertThat(read.components().get("shop").source().folder()).isEmpty();
        assertThat(web.place().file()).isEqualTo("shop/web/component.yaml");
    }

    @Test
    public void hiddenFoldersThoseOfNpmAndLinksAreLeftOut() throws IOException {
        written.component("web", "test: make")
                .file("web/node_modules/x/component.json", "{\"name\": \"another thing\"}")
                .file(".cache/component.yaml", "nonsense: 1\n");
        Files.createSymbolicLink(root.resolve("again"), root.resolve("web"));

        assertThat(new ComponentsReader().read(root).components()).containsOnlyKeys("web");
        assertThat(findings()).isEmpty();
    }

    @Test
    public void bytesThatAreNoTextAndFilesThatAreTooLargeAreTold() throws IOException {
        written.component("good", "test: make");
        Files.createDirectories(root.resolve("binary"));
        Files.write(root.resolve("binary/component.yaml"), new byte[] {(byte) 0xff, 0, 1});
        written.file("large/component.yaml", "about: " + "x".repeat(1_000_001));
        Files.createDirectories(root.resolve("folder/component.yaml"));

        assertThat(findings())
                .containsExactly(
                        "binary/component.yaml: is not UTF-8", "large/component.yaml: is larger than 1000000 bytes");
    }
}
