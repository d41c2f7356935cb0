package io.jenkins.plugins.promise.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.deployment.bundle.ReceivedBundle;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A bundle, and a bundle with such an index: one that can be written again, or a refusal of what was sent. */
public final class BundleTarget {
    private static final long ROOM = 100_000;

    private BundleTarget() {}

    /** What Jazzer calls. */
    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        Path incoming = Files.createTempDirectory("fuzz");
        try {
            receive(data, incoming);
            receive(withIndex(data), incoming);
        } finally {
            // Nothing may be left in it.
            Files.delete(incoming);
        }
    }

    private static void receive(byte[] bytes, Path incoming) throws IOException {
        try (ReceivedBundle received = ReceivedBundle.receive(new ByteArrayInputStream(bytes), incoming, ROOM)) {
            assertThat(received.bundle().versions()).isNotEmpty();
            received.bundle().write(new ByteArrayOutputStream());
        } catch (Refused e) {
            assertThat(e).hasMessageMatching("(?s).+");
            assertThat(e.why()).isIn(Refused.Why.INVALID, Refused.Why.TOO_LARGE);
        }
    }

    private static byte[] withIndex(byte[] index) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("bundle.json"));
            zip.write(index);
            zip.closeEntry();
        }
        return out.toByteArray();
    }
}
