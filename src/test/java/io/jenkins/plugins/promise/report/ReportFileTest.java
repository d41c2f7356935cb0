package io.jenkins.plugins.promise.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What is read of a report where the workspace is, also below a folder of it. */
public class ReportFileTest {
    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private Path workspace;

    @Before
    public void make() throws IOException {
        workspace = folder.newFolder("workspace").toPath();
    }

    private ReportFile read(String name) {
        return ReportFile.read(workspace, name, 10);
    }

    @Test
    public void aFileBelowAFolderIsReadAndMayBeSent() throws Exception {
        Files.createDirectories(workspace.resolve("a/b"));
        Files.writeString(workspace.resolve("a/b/out.json"), "{}");
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        new ObjectOutputStream(sent).writeObject(read("a/./b/out.json"));
        ReportFile received =
                (ReportFile) new ObjectInputStream(new ByteArrayInputStream(sent.toByteArray())).readObject();
        assertThat(received.content().orElseThrow()).isEqualTo("{}".getBytes(StandardCharsets.UTF_8));
        assertThat(received.problem()).isEmpty();
        assertThat(received.missing()).isFalse();
    }

    @Test
    public void whatIsNotThereIsMissing() {
        assertThat(read("report.json").missing()).isTrue();
        assertThat(read("a/b/report.json").missing()).isTrue();
    }

    @Test
    public void aLinkOnTheWayToTheFileIsNotFollowed() throws IOException {
        Path others = folder.newFolder("others").toPath();
        Files.writeString(others.resolve("report.json"), "{}");
        Files.createDirectory(workspace.resolve("a"));
        Files.createSymbolicLink(workspace.resolve("a/link"), others);
        Files.createFile(workspace.resolve("file"));
        ReportFile linked = read("a/link/report.json");
        assertThat(linked.content()).isEmpty();
        assertThat(linked.problem()).contains("cannot be read: link on the way to it is a link, or no folder");
        assertThat(read("file/report.json").problem()).isPresent();
    }

    @Test
    public void aPathOutOfTheWorkspaceIsRefused() throws IOException {
        Path outside = Files.writeString(folder.getRoot().toPath().resolve("token"), "secret");
        for (String name : new String[] {"../token", "a/../../token", outside.toString(), "..", ".", "", "a\0b"}) {
            ReportFile read = read(name);
            assertThat(read.content()).as(name).isEmpty();
            assertThat(read.problem()).as(name).isPresent();
        }
    }

    @Test
    public void noMoreIsReadThanTellsThatItIsTooMuch() throws IOException {
        Files.writeString(workspace.resolve("report.json"), "x".repeat(1_000));
        assertThat(read("report.json").content().orElseThrow()).hasSize(11);
    }
}
