package io.jenkins.plugins.promise.local.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.promise.contract.files.FileLimits;
import io.jenkins.plugins.promise.report.files.NotKept;
import io.jenkins.plugins.promise.report.files.ProducedFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What is kept of one worker that runs more than once, and for how long. */
public class FileStoreTest {
    private static final String ID = "01JGFJJZ000000000000000001-1-0-1";
    private static final List<String> ALL = List.of("build/**");
    private static final Instant UNTIL = Instant.parse("2026-01-02T00:00:00Z");

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private Path kept;
    private FileStore store;

    @Before
    public void prepare() throws IOException {
        kept = folder.newFolder().toPath();
        store = new FileStore(kept, FileLimits.DEFAULT);
    }

    private Path workspace(String name, String content) throws IOException {
        Path workspace = folder.newFolder().toPath();
        Path file = workspace.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        return workspace;
    }

    private String content(String name) throws IOException {
        KeptFiles files = store.find(ID).orElseThrow();
        ProducedFile file = files.file(name).orElseThrow();
        try (InputStream in = store.open(ID, files, file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String[] runs() {
        return kept.resolve(ID).toFile().list((place, name) -> name.startsWith("run-"));
    }

    @Test
    public void aSecondRunTakesThePlaceOfTheFirst() throws Exception {
        store.keep(ID, workspace("build/a", "one"), ALL, null);
        store.keep(ID, workspace("build/b", "two"), ALL, null);

        assertThat(store.find(ID).orElseThrow().files())
                .extracting(ProducedFile::name)
                .containsExactly("build/b");
        assertThat(content("build/b")).isEqualTo("two");
        assertThat(runs()).hasSize(1);
    }

    @Test
    public void aSecondRunThatCannotBeKeptLeavesTheFirstAsItWas() throws Exception {
        store.keep(ID, workspace("build/a", "one"), ALL, null);

        assertThatThrownBy(() -> store.keep(ID, workspace("other/b", "two"), ALL, null))
                .isInstanceOf(NotKept.class);

        assertThat(content("build/a")).isEqualTo("one");
        assertThat(runs()).hasSize(1);
    }

    @Test
    public void whatAControllerThatWasKilledHasHalfCopiedIsDeletedByTheNextRun() throws Exception {
        Files.createDirectories(kept.resolve(ID).resolve("run-half/build"));
        Files.writeString(kept.resolve(ID).resolve("run-half/build/a"), "hal");

        assertThat(store.find(ID)).isEmpty();
        store.keep(ID, workspace("build/a", "whole"), ALL, null);

        assertThat(content("build/a")).isEqualTo("whole");
        assertThat(runs()).hasSize(1);
    }

    @Test
    public void whatWasToBeKeptUntilThenIsDroppedThenAndTheRestStays() throws Exception {
        store.keep(ID, workspace("build/a", "one"), ALL, UNTIL);
        store.keep("other", workspace("build/a", "one"), ALL, null);

        store.drop(UNTIL);
        assertThat(store.find(ID)).isPresent();
        store.drop(UNTIL.plusSeconds(1));

        assertThat(store.find(ID)).isEmpty();
        assertThat(store.find("other")).isPresent();
        assertThat(kept.toFile().list()).containsExactly("other");
    }
}
