package io.jenkins.plugins.promise.report.files;

import com.google.common.hash.Hashing;
import com.google.common.hash.HashingInputStream;
import com.google.common.io.ByteStreams;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * What was read and written in one go.
 *
 * @param bytes how much
 * @param sha256 of it, in hex
 */
record CopiedFile(long bytes, String sha256) {
    /** Copies, and reads at most one byte more than it may be. */
    static CopiedFile copy(InputStream from, OutputStream to, long most) throws IOException {
        HashingInputStream hashing = new HashingInputStream(Hashing.sha256(), from);
        long bytes = ByteStreams.limit(hashing, most + 1).transferTo(to);
        return new CopiedFile(bytes, hashing.hash().toString());
    }
}
