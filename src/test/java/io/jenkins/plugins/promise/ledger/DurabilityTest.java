package io.jenkins.plugins.promise.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.promise.ledger.controllers.ControllerIdentity;
import io.jenkins.plugins.promise.ledger.database.DurableFiles;
import io.jenkins.plugins.promise.ledger.database.LedgerLocation;
import io.jenkins.plugins.promise.testing.ForcedFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What a power cut must not take: no test cuts the power, so it is asked what waits for the disk. */
public class DurabilityTest {
    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private Path place;

    @Before
    public void prepare() throws IOException {
        place = folder.newFolder().toPath().toRealPath();
    }

    @Test
    public void eachCommitWaitsForTheDisk() throws Exception {
        try (Ledger ledger = Ledger.open(
                new LedgerLocation.Embedded(place), ControllerIdentity.begin("one", "http://one"), Clock.systemUTC())) {
            assertThat(pragma(ledger, "journal_mode")).isEqualTo("wal");
            assertThat(pragma(ledger, "synchronous"))
                    .as("FULL: the log is forced at each commit")
                    .isEqualTo("2");
        }
    }

    private static String pragma(Ledger ledger, String name) {
        return ledger.write(handle ->
                        handle.select("PRAGMA " + name).mapTo(String.class).one())
                .join();
    }

    @Test
    public void aFileIsForcedToTheDiskBeforeItTakesItsNameAndTheFolderAfterwards() throws Exception {
        Path file = place.resolve("state");
        Path beside = place.resolve("state" + DurableFiles.UNFINISHED);

        List<Path> forced = ForcedFiles.during(() -> DurableFiles.write(file, "new".getBytes(StandardCharsets.UTF_8)));

        assertThat(forced).containsExactly(beside, place);
        assertThat(file).hasContent("new");
        assertThat(beside).doesNotExist();
    }

    @Test
    public void aFileThatCannotBeWrittenLeavesTheOldOneAndNothingElse() throws Exception {
        Path file = place.resolve("state");
        Files.createDirectories(file.resolve("x"));

        assertThatThrownBy(() -> DurableFiles.write(file, new byte[] {1})).isInstanceOf(IOException.class);

        assertThat(file.resolve("x")).isDirectory();
        try (var left = Files.list(place)) {
            assertThat(left).containsExactly(file);
        }
    }
}
