package io.jenkins.plugins.promise.deployment.bundle;

import io.jenkins.plugins.promise.contract.Refused;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A bundle that came from somewhere: checked, and kept in a file until it is closed. */
public final class ReceivedBundle implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger(ReceivedBundle.class.getName());
    private static final int BUFFER = 64 << 10;
    /** Compressed scripts shrink to about a fifth; what expands to far more than that is an attack. */
    private static final long EXPANSION = 10;

    private final Path file;
    private final BundleEntries entries;
    private final Bundle bundle;

    private ReceivedBundle(Path file, BundleEntries entries, Bundle bundle) {
        this.file = file;
        this.entries = entries;
        this.bundle = bundle;
    }

    /**
     * Takes a bundle in.
     *
     * @param in is read to its end, but not closed
     * @param folder where its file may lie meanwhile
     * @param most how many bytes it may have; expanded it may have ten times as many
     * @throws Refused if it is too large or broken, or the disk does not take it; nothing is left of it then
     */
    public static ReceivedBundle receive(InputStream in, Path folder, long most) throws Refused {
        Path file = null;
        BundleEntries entries = null;
        try {
            file = Files.createTempFile(folder, "bundle", ".zip");
            copy(in, file, most);
            entries = BundleEntries.open(file, EXPANSION * most);
            return new ReceivedBundle(file, entries, new BundleReader(entries).read());
        } catch (BrokenBundle e) {
            discard(file, entries);
            throw new Refused(Refused.Why.INVALID, "the bundle is refused: " + e.getMessage());
        } catch (IOException e) {
            discard(file, entries);
            throw new Refused(
                    Refused.Why.UNAVAILABLE, "the disk did not take the bundle, and nothing was deployed: " + e);
        } catch (Refused | RuntimeException | Error e) {
            discard(file, entries);
            throw e;
        }
    }

    private static void copy(InputStream in, Path file, long most) throws IOException, Refused {
        byte[] buffer = new byte[BUFFER];
        long left = most;
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int read = read(in, buffer); read >= 0; read = read(in, buffer)) {
                left -= read;
                if (left < 0) {
                    throw new Refused(Refused.Why.TOO_LARGE, "a bundle may have at most " + most + " bytes");
                }
                out.write(buffer, 0, read);
            }
        }
    }

    private static int read(InputStream in, byte[] buffer) throws Refused {
        try {
            return in.read(buffer);
        } catch (IOException e) {
            throw new Refused(Refused.Why.INVALID, "the body ended before it was whole");
        }
    }

    /** What is in it; its files can be read until this is closed. */
    public Bundle bundle() {
        return bundle;
    }

    @Override
    public void close() {
        discard(file, entries);
    }

    private static void discard(Path file, BundleEntries entries) {
        try {
            if (entries != null) {
                entries.close();
            }
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, file + " stays until the next start", e);
        }
    }
}
