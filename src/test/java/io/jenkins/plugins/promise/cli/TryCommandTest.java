package io.jenkins.plugins.promise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.Test;

/** What {@code promise try} says before anything is started. */
public class TryCommandTest {
    @Test
    public void aFileThatIsNotThereIsToldWithItsInputAndTheWayOut() {
        Told told = Told.by(List.of("try", "examples/quote", "-i", "SOURCE_S3_FILE_PATH=parts/brakcet.stl"));

        assertThat(told.err())
                .isEqualTo(
                        "--input SOURCE_S3_FILE_PATH=parts/brakcet.stl: there is no file parts/brakcet.stl here; mend"
                                + " the path, or give a URI, as in file://"
                                + Path.of("parts/brakcet.stl").toAbsolutePath()
                                + ", where the job is to write it\n");
        assertThat(told.out()).isEmpty();
        assertThat(told.exit()).isEqualTo(2);
    }
}
