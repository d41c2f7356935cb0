package io.jenkins.plugins.promise.report;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Hides secrets in what is written through it, however it is cut into pieces. What may be the beginning of a secret, at
 * most {@value Needles#MAX_LENGTH} bytes, is held back until it is known, also when it is flushed; closing writes it.
 */
final class MaskingStream extends FilterOutputStream {
    private final MaskedText text;

    /**
     * A stream to that one.
     *
     * @param needles the secrets' bytes, as characters of ISO 8859-1
     */
    MaskingStream(OutputStream out, Needles needles) {
        super(out);
        this.text = new MaskedText(needles);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        text.add(new String(bytes, offset, length, StandardCharsets.ISO_8859_1));
        pass();
    }

    private void pass() throws IOException {
        byte[] decided = text.take().getBytes(StandardCharsets.ISO_8859_1);
        if (decided.length > 0) {
            out.write(decided);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        try (OutputStream closing = out) {
            text.end();
            pass();
            closing.flush();
        }
    }
}
