package io.jenkins.plugins.promise.cli.terminal;

import io.jenkins.plugins.promise.cli.ending.ScratchFolder;
import io.jenkins.plugins.promise.deployment.bundle.Bundle;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;

/** A bundle as the body of a request. It lies in a file until it is closed: it may be larger than the memory is. */
public final class SentBundle implements AutoCloseable {
    private final ScratchFolder folder = new ScratchFolder("bundle");
    private final SentFile body;

    /**
     * Writes it.
     *
     * @param bar shows how much of it is sent
     */
    public SentBundle(Bundle bundle, Bar bar) throws IOException {
        Path file = folder.path().resolve("bundle.zip");
        try {
            bundle.write(Files.newOutputStream(file));
            body = new SentFile(file, bar);
        } catch (IOException | RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    /** The body. */
    public HttpRequest.BodyPublisher body() {
        return body;
    }

    @Override
    public void close() {
        folder.close();
    }
}
