package io.jenkins.plugins.promise.deployment.bundle;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The list at the end of a ZIP file, looked at before the file is opened: the platform's reader takes a list of any size
 * into memory, and does not tell a symbolic link from a file.
 */
final class CentralDirectory {
    static final int MOST_ENTRIES = 50_000;
    private static final int MOST_BYTES = 16 << 20;

    private static final int END_SIGNATURE = 0x06054b50;
    private static final int END_BYTES = 22;
    private static final int HEADER_SIGNATURE = 0x02014b50;
    private static final int HEADER_BYTES = 46;
    private static final int MADE_ON_UNIX = 3;
    private static final int FILE_TYPE = 0xF000;
    private static final int LINK = 0xA000;

    private CentralDirectory() {}

    /**
     * Checks it.
     *
     * @throws BrokenBundle if it is not there, too large, or names a symbolic link
     */
    static void check(Path file) throws IOException, BrokenBundle {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long length = channel.size();
            if (length < END_BYTES) {
                throw broken();
            }
            ByteBuffer end = read(channel, length - END_BYTES, END_BYTES);
            int count = Short.toUnsignedInt(end.getShort(10));
            long bytes = Integer.toUnsignedLong(end.getInt(12));
            long offset = Integer.toUnsignedLong(end.getInt(16));
            if (end.getInt(0) != END_SIGNATURE || offset + bytes != length - END_BYTES) {
                throw broken();
            }
            if (count > MOST_ENTRIES || bytes > MOST_BYTES) {
                throw new BrokenBundle("it is too large: it may hold at most " + MOST_ENTRIES + " files, and "
                        + MOST_BYTES + " bytes of names");
            }
            checkEntries(read(channel, offset, (int) bytes), count);
        }
    }

    private static void checkEntries(ByteBuffer directory, int count) throws BrokenBundle {
        int at = 0;
        for (int entry = 0; entry < count; entry++) {
            if (directory.limit() - at < HEADER_BYTES || directory.getInt(at) != HEADER_SIGNATURE) {
                throw broken();
            }
            int name = Short.toUnsignedInt(directory.getShort(at + 28));
            int rest =
                    Short.toUnsignedInt(directory.getShort(at + 30)) + Short.toUnsignedInt(directory.getShort(at + 32));
            int next = at + HEADER_BYTES + name + rest;
            if (next > directory.limit()) {
                throw broken();
            }
            boolean unix = directory.get(at + 5) == MADE_ON_UNIX;
            if (unix && (directory.getShort(at + 40) & FILE_TYPE) == LINK) {
                byte[] link = new byte[name];
                directory.get(at + HEADER_BYTES, link);
                throw new BrokenBundle("it holds the symbolic link "
                        + BundleNames.shown(new String(link, StandardCharsets.UTF_8)) + ", and only files are taken");
            }
            at = next;
        }
        if (at != directory.limit()) {
            throw broken();
        }
    }

    private static BrokenBundle broken() {
        return new BrokenBundle("it is no bundle, or is damaged or cut short");
    }

    private static ByteBuffer read(FileChannel channel, long from, int bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, from + buffer.position()) < 0) {
                throw new EOFException("the file became shorter");
            }
        }
        return buffer.flip();
    }
}
