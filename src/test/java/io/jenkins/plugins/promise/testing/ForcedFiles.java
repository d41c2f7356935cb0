package io.jenkins.plugins.promise.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;

/** What this process waits for until it is on the disk, as the Java machine notes it. */
public final class ForcedFiles {
    private ForcedFiles() {}

    /** The files and folders that were forced to the disk meanwhile, in that order. */
    public static List<Path> during(Step step) throws Exception {
        Path seen = Files.createTempFile("forced", ".jfr");
        try (Recording recording = new Recording()) {
            recording.enable("jdk.FileForce").withThreshold(Duration.ZERO);
            recording.start();
            step.run();
            recording.stop();
            recording.dump(seen);
            return RecordingFile.readAllEvents(seen).stream()
                    .map(e -> Path.of(e.getString("path")))
                    .toList();
        } finally {
            Files.delete(seen);
        }
    }

    /** Something that may write. */
    @FunctionalInterface
    public interface Step {
        /** Does it. */
        void run() throws IOException;
    }
}
