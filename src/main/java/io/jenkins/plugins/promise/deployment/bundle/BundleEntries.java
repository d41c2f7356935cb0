package io.jenkins.plugins.promise.deployment.bundle;

import com.google.common.io.ByteSource;
import com.google.common.io.ByteStreams;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** The entries of a ZIP file that came from somewhere. What they hold stays in the file until it is asked for. */
final class BundleEntries implements AutoCloseable {
    private final ZipFile zip;
    private final TreeMap<String, ZipEntry> entries = new TreeMap<>();

    private BundleEntries(ZipFile zip) {
        this.zip = zip;
    }

    /**
     * Opens a file.
     *
     * @param maxExpanded how many bytes the entries may hold together
     * @throws BrokenBundle if it is no ZIP file, holds too much, or a name that is not allowed
     */
    static BundleEntries open(Path file, long maxExpanded) throws IOException, BrokenBundle {
        CentralDirectory.check(file);
        BundleEntries opened;
        try {
            opened = new BundleEntries(new ZipFile(file.toFile(), StandardCharsets.UTF_8));
        } catch (ZipException | IllegalArgumentException e) {
            throw new BrokenBundle("it is damaged: " + e.getMessage());
        }
        try {
            opened.check(maxExpanded);
            return opened;
        } catch (IllegalArgumentException e) {
            opened.close();
            throw new BrokenBundle("it is damaged: " + e.getMessage());
        } catch (BrokenBundle | RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    private void check(long maxExpanded) throws BrokenBundle {
        List<String> names = new ArrayList<>();
        long left = maxExpanded;
        for (ZipEntry entry : zip.stream().<ZipEntry>map(e -> e).toList()) {
            names.add(entry.getName());
            entries.put(entry.getName(), entry);
            left -= entry.getSize();
            if (entry.getSize() < 0 || left < 0) {
                throw new BrokenBundle("it is too large: expanded it may have at most " + maxExpanded + " bytes");
            }
        }
        Optional<String> problem = BundleNames.problem(names);
        if (problem.isPresent()) {
            throw new BrokenBundle("it holds " + problem.get());
        }
    }

    /** The names of all entries. */
    List<String> names() {
        return new ArrayList<>(entries.keySet());
    }

    /** The entries below a folder, by their path in it. */
    NavigableMap<String, ByteSource> below(String folder) {
        NavigableMap<String, ByteSource> below = new TreeMap<>();
        for (ZipEntry entry : entries.tailMap(folder).values()) {
            if (!entry.getName().startsWith(folder)) {
                break;
            }
            below.put(entry.getName().substring(folder.length()), new Content(entry));
        }
        return below;
    }

    /**
     * What an entry holds.
     *
     * @param most how many bytes that may be
     * @return nothing if there is no such entry
     */
    Optional<byte[]> read(String name, int most) throws BrokenBundle {
        ZipEntry entry = entries.get(name);
        if (entry == null) {
            return Optional.empty();
        }
        if (entry.getSize() > most) {
            throw new BrokenBundle(name + " is too large: it may have at most " + most + " bytes");
        }
        byte[] content;
        try {
            content = new Content(entry).read();
        } catch (IOException e) {
            throw new BrokenBundle(name + " is damaged: " + e.getMessage());
        }
        CRC32 sum = new CRC32();
        sum.update(content);
        if (sum.getValue() != entry.getCrc()) {
            throw new BrokenBundle(name + " is damaged: its checksum is another");
        }
        return Optional.of(content);
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    /** An entry's content, which is never longer than the entry says, whatever was packed into it. */
    private final class Content extends ByteSource {
        private final ZipEntry entry;

        private Content(ZipEntry entry) {
            this.entry = entry;
        }

        @Override
        public InputStream openStream() throws IOException {
            return ByteStreams.limit(zip.getInputStream(entry), entry.getSize());
        }
    }
}
