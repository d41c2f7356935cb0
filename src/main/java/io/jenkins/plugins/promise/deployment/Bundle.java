package io.jenkins.plugins.promise.deployment;

import com.fasterxml.jackson.core.JacksonException;
import io.jenkins.plugins.promise.contract.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * A compiled suite in one piece, as it is sent to a controller: a ZIP file with
 *
 * <pre>
 * bundle.json                   the suite's name and its versions, each after those it uses
 * {version}/source.json         an orchestration's script with its libraries
 * {version}/files/{path}        a job's files
 * </pre>
 *
 * <p>The same suite gives the same bytes.
 *
 * @param suite the suite's name
 * @param releases each after those it uses
 */
public record Bundle(String suite, List<Release> releases) {
    private static final String INDEX = "bundle.json";
    private static final String SOURCE = "source.json";
    private static final String FILES = "files/";
    private static final int FORMAT = 1;
    private static final int MAX_ENTRIES = 50_000;
    /** The first moment that a ZIP file can hold. */
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    /** Copies what it is given. */
    public Bundle {
        releases = new ArrayList<>(releases);
    }

    /** What the versions are. */
    public List<Deployed> versions() {
        return releases.stream().map(Release::deployed).toList();
    }

    /** Writes it. */
    public void write(OutputStream out) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            put(
                    zip,
                    INDEX,
                    Json.mapper()
                            .writerWithDefaultPrettyPrinter()
                            .writeValueAsBytes(new Index(FORMAT, suite, versions())));
            for (Release release : releases) {
                String folder = release.deployed().version() + "/";
                if (release.source() != null) {
                    put(zip, folder + SOURCE, Json.mapper().writeValueAsBytes(release.source()));
                }
                for (Map.Entry<String, byte[]> file : release.files().entrySet()) {
                    put(zip, folder + FILES + file.getKey(), file.getValue());
                }
            }
        }
    }

    /** It as {@link #write} writes it. */
    public byte[] bytes() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        write(out);
        return out.toByteArray();
    }

    private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(NO_TIME);
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    /**
     * Reads one that came from somewhere, and trusts nothing in it.
     *
     * @param maxExpanded how many bytes it may hold when it is expanded
     * @throws BrokenBundle if it is damaged, holds too much, a path that leads out of it, or versions that do not fit what
     *     is said of them
     */
    public static Bundle read(byte[] bytes, long maxExpanded) throws BrokenBundle {
        Map<String, byte[]> entries = expand(bytes, maxExpanded);
        byte[] index = entries.remove(INDEX);
        if (index == null) {
            throw new BrokenBundle("it is no bundle, or is damaged: there is no " + INDEX + " in it");
        }
        try {
            Index read = Json.mapper().readValue(index, Index.class);
            if (read == null) {
                throw new BrokenBundle(INDEX + " is damaged: it holds null");
            }
            if (read.format() != FORMAT) {
                throw new BrokenBundle("its format is " + read.format() + ", and this controller reads " + FORMAT);
            }
            return new BundleCheck(read.versions()).check(read.suite(), entries);
        } catch (JacksonException | IllegalArgumentException e) {
            throw new BrokenBundle(INDEX + " is damaged: " + e.getMessage());
        } catch (IOException e) {
            throw new BrokenBundle("it is damaged: " + e.getMessage());
        }
    }

    private static Map<String, byte[]> expand(byte[] bytes, long maxExpanded) throws BrokenBundle {
        Map<String, byte[]> entries = new TreeMap<>();
        long left = maxExpanded;
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                checkPath(entry);
                byte[] content = upTo(zip, left);
                left -= content.length;
                if (left < 0 || entries.size() >= MAX_ENTRIES) {
                    throw new BrokenBundle("it is too large: expanded it may have at most " + maxExpanded
                            + " bytes in at most " + MAX_ENTRIES + " files");
                }
                if (entries.put(entry.getName(), content) != null) {
                    throw new BrokenBundle("it holds " + entry.getName() + " twice");
                }
            }
        } catch (ZipException | IllegalArgumentException e) {
            throw new BrokenBundle("it is damaged: " + e.getMessage());
        } catch (IOException e) {
            throw new BrokenBundle("it is damaged or cut short: " + e.getMessage());
        }
        return entries;
    }

    private static byte[] upTo(InputStream in, long most) throws IOException {
        return in.readNBytes((int) Math.min(most + 1, Integer.MAX_VALUE - 8));
    }

    private static void checkPath(ZipEntry entry) throws BrokenBundle {
        String name = entry.getName();
        boolean odd = entry.isDirectory()
                || name.startsWith("/")
                || name.indexOf('\\') >= 0
                || name.chars().anyMatch(c -> c < ' ');
        for (String segment : name.split("/", -1)) {
            odd |= segment.isEmpty() || segment.equals(".") || segment.equals("..") || segment.matches("[A-Za-z]:.*");
        }
        if (odd) {
            throw new BrokenBundle("it holds a path that is not allowed: '" + name.replaceAll("\\p{Cntrl}", "?") + "'");
        }
    }

    /** Puts the entries of a bundle back together, and checks that they are what the bundle says. */
    private record BundleCheck(List<Deployed> versions) {
        Bundle check(String suite, Map<String, byte[]> entries) throws IOException, BrokenBundle {
            Map<String, Release> releases = new LinkedHashMap<>();
            for (Deployed deployed : versions) {
                VersionCheck.check(deployed, releases.keySet());
                releases.put(deployed.version(), release(deployed, entries));
            }
            if (!entries.isEmpty()) {
                throw new BrokenBundle(
                        "it holds " + entries.keySet().iterator().next() + ", which belongs to none of its versions");
            }
            return new Bundle(suite, new ArrayList<>(releases.values()));
        }

        private static Release release(Deployed deployed, Map<String, byte[]> entries)
                throws IOException, BrokenBundle {
            String folder = deployed.version() + "/";
            byte[] source = entries.remove(folder + SOURCE);
            Map<String, byte[]> files = new TreeMap<>();
            entries.forEach((name, content) -> {
                if (name.startsWith(folder + FILES)) {
                    files.put(name.substring((folder + FILES).length()), content);
                }
            });
            entries.keySet().removeIf(name -> name.startsWith(folder + FILES));
            Release release = new Release(
                    deployed, source == null ? null : Json.mapper().readValue(source, ScriptSource.class), files);
            if (!ContentDigest.of(release).equals(deployed.content())) {
                throw new BrokenBundle(
                        "the version " + deployed.version() + " is damaged: its files are not those it was made of");
            }
            return release;
        }
    }

    /**
     * The first entry.
     *
     * @param format 1
     * @param suite the suite's name
     * @param versions each after those it uses
     */
    private record Index(int format, String suite, List<Deployed> versions) {
        Index {
            if (versions == null || versions.isEmpty() || suite == null) {
                throw new IllegalArgumentException("there are no versions in it");
            }
            versions = new ArrayList<>(versions);
        }
    }
}
