package io.jenkins.plugins.promise.cli.ending;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder that is there for as long as a command needs it, and goes away however that ends. */
public final class ScratchFolder implements AutoCloseable {
    private static final int TRIES = 5;

    private final Path path;
    private final Interruption interruption;

    /**
     * Makes one where the machine has its temporary files.
     *
     * @param command what it is of, which its name tells
     */
    public ScratchFolder(String command) throws IOException {
        path = Files.createTempDirectory("promise-" + command + "-");
        interruption = Interruption.then(this::delete);
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    @Override
    public void close() {
        interruption.close();
        delete();
    }

    /** Who is ended in the middle may be writing into it just then. */
    private synchronized void delete() {
        for (int tried = 0; tried < TRIES && Files.exists(path); tried++) {
            try {
                MoreFiles.deleteRecursively(path, RecursiveDeleteOption.ALLOW_INSECURE);
            } catch (IOException e) {
                // It lies where the machine keeps what may go away at any time.
            }
        }
    }
}
