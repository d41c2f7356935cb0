package io.jenkins.plugins.promise.local.orchestration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * How many controllers have ended while one orchestration's script was running in them: a file with a byte for each, and
 * one more while it runs. It is not forced to disk, for it tells of processes that die, not of machines; where it cannot be
 * written nobody is blamed.
 */
final class ScriptDeaths {
    /** After so many the script is not run again. */
    static final int MOST = 3;

    private static final Logger LOGGER = Logger.getLogger(ScriptDeaths.class.getName());

    private final Path file;
    private boolean running;

    ScriptDeaths(Path file) {
        this.file = file;
    }

    /** How many there were; asked before the script runs. */
    int count() {
        try {
            return (int) Math.min(MOST, Files.size(file));
        } catch (NoSuchFileException e) {
            return 0;
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "nobody is blamed", e);
            return 0;
        }
    }

    /** The script has begun to run. */
    synchronized void begin() {
        if (running) {
            return;
        }
        running = true;
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, new byte[1], StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "nobody is blamed", e);
        }
    }

    /** The script waits, or has ended: this controller has outlived it. */
    synchronized void end() {
        running = false;
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "it is deleted when the script waits next", e);
        }
    }
}
