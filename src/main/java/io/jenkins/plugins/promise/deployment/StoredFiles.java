package io.jenkins.plugins.promise.deployment;

import com.google.common.io.ByteSource;
import io.jenkins.plugins.promise.deployment.bundle.Deployed;
import io.jenkins.plugins.promise.deployment.bundle.Release;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;

/** The files of versions as the ledger has them, in parts, so that none is in memory whole. */
final class StoredFiles {
    /** What the paths of a version's own files begin with. */
    static final String FILES = "files/";
    /** The path of an orchestration's script with its libraries. */
    static final String SOURCE = "source.json";

    private final Reading ledger;

    StoredFiles(Reading ledger) {
        this.ledger = ledger;
    }

    /** How the ledger is asked. */
    interface Reading {
        <T> T read(Function<Handle, T> query) throws IOException;
    }

    /** A version with the files that the ledger has for it; they are read when they are asked for. */
    Release release(Deployed deployed, String upload) throws IOException {
        Map<String, Integer> parts = new TreeMap<>();
        ledger.read(handle -> {
            handle.select("SELECT path, count(*) FROM version_file WHERE upload = ? GROUP BY path", upload)
                    .map((row, context) -> Map.entry(row.getString(1), row.getInt(2)))
                    .forEach(row -> parts.put(row.getKey(), row.getValue()));
            return null;
        });
        Integer source = parts.remove(SOURCE);
        Map<String, ByteSource> files = new TreeMap<>();
        parts.forEach((path, count) -> files.put(
                path.startsWith(FILES) ? path.substring(FILES.length()) : path, content(upload, path, count)));
        return new Release(deployed, source == null ? null : content(upload, SOURCE, source), files);
    }

    private ByteSource content(String upload, String path, int parts) {
        return ByteSource.concat(IntStream.range(0, parts)
                .mapToObj(part -> part(upload, path, part))
                .toList());
    }

    private ByteSource part(String upload, String path, int part) {
        return new ByteSource() {
            @Override
            public InputStream openStream() throws IOException {
                byte[] content = ledger.read(handle -> handle.select(
                                "SELECT content FROM version_file WHERE upload = ? AND path = ? AND part = ?",
                                upload,
                                path,
                                part)
                        .map((row, context) -> row.getBytes(1) == null ? new byte[0] : row.getBytes(1))
                        .findOne()
                        .orElse(new byte[0]));
                return new ByteArrayInputStream(content);
            }
        };
    }
}
