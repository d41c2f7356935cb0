package io.jenkins.plugins.promise.deployment;

import com.google.common.io.ByteSource;
import io.jenkins.plugins.promise.deployment.bundle.ContentDigest;
import io.jenkins.plugins.promise.deployment.bundle.Deployed;
import io.jenkins.plugins.promise.deployment.bundle.Release;
import io.jenkins.plugins.promise.ledger.Ledger;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * Brings the files of versions into the ledger. They come in many small transactions, so that what others write need not
 * wait for them, and count when a version names them.
 */
final class VersionContents {
    private static final int PART_BYTES = 1 << 20;
    private static final int MOST_PARTS_TOGETHER = 256;

    private final Ledger ledger;
    private final StoredFiles files;

    VersionContents(Ledger ledger) {
        this.ledger = ledger;
        this.files = new StoredFiles(new StoredFiles.Reading() {
            @Override
            public <T> T read(Function<Handle, T> query) throws IOException {
                return asked(query);
            }
        });
    }

    /**
     * Takes the files of a release in.
     *
     * @throws IOException if they could not be written, or are not what the release was said to be
     */
    VersionRows.Uploaded upload(Release release) throws IOException {
        String upload = UUID.randomUUID().toString();
        await(ledger.write(handle -> handle.execute(
                "INSERT INTO version_upload (upload, owner) VALUES (?, ?)",
                upload,
                ledger.self().id())));
        Parts parts = new Parts(upload);
        for (Map.Entry<String, ByteSource> file : release.files().entrySet()) {
            parts.add(StoredFiles.FILES + file.getKey(), file.getValue());
        }
        if (release.source() != null) {
            parts.add(StoredFiles.SOURCE, release.source());
        }
        parts.write();
        Deployed deployed = release.deployed();
        // A suite's file may have been saved between being looked at and being copied.
        if (!ContentDigest.of(release(deployed, upload)).text().equals(deployed.content())) {
            throw new IOException("the files of " + deployed.version() + " changed while they were deployed");
        }
        return VersionRows.Uploaded.of(deployed, upload);
    }

    /** A version with the files that the ledger has for it; they are read when they are asked for. */
    Release release(Deployed deployed, String upload) throws IOException {
        return files.release(deployed, upload);
    }

    private <T> T asked(Function<Handle, T> query) throws IOException {
        try {
            return ledger.read(query);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Removes what no version names: of this controller, and of those that are gone. */
    void sweep() throws IOException {
        String ofNobody = " upload NOT IN (SELECT upload FROM version)";
        List<String> left = asked(handle -> handle.select(
                        "SELECT upload FROM version_upload WHERE (owner = ? OR owner NOT IN (SELECT id FROM controller))"
                                + " AND" + ofNobody,
                        ledger.self().id())
                .mapTo(String.class)
                .list());
        for (String upload : left) {
            await(ledger.write(handle -> {
                int gone = handle.execute("DELETE FROM version_upload WHERE upload = ? AND" + ofNobody, upload);
                return gone == 0 ? 0 : handle.execute("DELETE FROM version_file WHERE upload = ?", upload);
            }));
        }
    }

    /**
     * Waits until something is written.
     *
     * @throws IOException if it was not
     */
    static <T> T await(CompletableFuture<T> written) throws IOException {
        try {
            return written.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof IOException problem
                    ? problem
                    : new IOException(e.getCause().getMessage(), e);
        }
    }

    /** Gathers small parts to be written together; at no time more than two large ones. */
    private final class Parts {
        private final String upload;
        private final List<Part> waiting = new ArrayList<>();
        private long bytes;

        private Parts(String upload) {
            this.upload = upload;
        }

        private void add(String path, ByteSource content) throws IOException {
            try (InputStream in = content.openStream()) {
                int number = 0;
                byte[] some;
                do {
                    some = in.readNBytes(PART_BYTES);
                    if (bytes + some.length > PART_BYTES || waiting.size() == MOST_PARTS_TOGETHER) {
                        write();
                    }
                    waiting.add(new Part(path, number++, some));
                    bytes += some.length;
                } while (some.length == PART_BYTES);
            }
        }

        private void write() throws IOException {
            if (waiting.isEmpty()) {
                return;
            }
            List<Part> now = List.copyOf(waiting);
            await(ledger.write(handle -> {
                for (Part part : now) {
                    handle.execute(
                            "INSERT INTO version_file (upload, path, part, content) VALUES (?, ?, ?, ?)",
                            upload,
                            part.path,
                            part.number,
                            part.content.length == 0 ? null : part.content);
                }
                return null;
            }));
            waiting.clear();
            bytes = 0;
        }
    }

    /** Not a record, which would be compared by the identity of its bytes. */
    private static final class Part {
        private final String path;
        private final int number;
        private final byte[] content;

        private Part(String path, int number, byte[] content) {
            this.path = path;
            this.number = number;
            this.content = content;
        }
    }
}
