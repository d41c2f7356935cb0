package io.jenkins.plugins.promise.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.promise.deployment.BrokenBundle;
import io.jenkins.plugins.promise.deployment.Bundle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A bundle, and a bundle with such an index: one that can be written again, or {@link BrokenBundle}. */
public final class BundleTarget {
    private static final long ROOM = 1_000_000;

    private BundleTarget() {}

    /** What Jazzer calls. */
    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        read(data);
        read(withIndex(data));
    }

    private static void read(byte[] bytes) throws IOException {
        try {
            Bundle bundle = Bundle.read(bytes, ROOM);
            assertThat(bundle.versions()).isNotEmpty();
            bundle.bytes();
        } catch (BrokenBundle e) {
            assertThat(e).hasMessageMatching("(?s).+");
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
