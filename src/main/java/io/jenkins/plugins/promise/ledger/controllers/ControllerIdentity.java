package io.jenkins.plugins.promise.ledger.controllers;

import io.jenkins.plugins.promise.ledger.database.DurableFiles;
import io.jenkins.plugins.promise.ledger.promise.PromiseId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One run of a controller, as the others see it.
 *
 * @param id of this run only
 * @param home the same for all runs of a home, and for no other home
 * @param address where it is reached
 */
public record ControllerIdentity(String id, String home, String address) {
    private static final String FILE = "controller-id";

    /**
     * What a home is told by, written down in it the first time it is asked for.
     *
     * @param folder the home
     */
    public static String home(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            DurableFiles.write(file, (PromiseId.create() + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return Files.readString(file).trim();
    }

    /** A run that begins now. */
    public static ControllerIdentity begin(String home, String address) {
        return new ControllerIdentity(PromiseId.create(), home, address);
    }
}
