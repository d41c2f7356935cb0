package io.jenkins.plugins.promise.deployment.bundle;

import com.google.common.io.ByteSource;
import io.jenkins.plugins.promise.contract.SubmitToken;
import io.jenkins.plugins.promise.contract.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A compiled suite in one piece. It is sent to a controller as a ZIP file with
 *
 * <pre>
 * bundle.json                   the suite's name, its versions, each after those it uses, and its jobs' tokens
 * {version}/source.json         an orchestration's script with its libraries
 * {version}/files/{path}        a job's files
 * </pre>
 *
 * <p>The same suite gives the same bytes.
 *
 * @param suite the suite's name
 * @param releases each after those it uses, one of each job
 * @param tokens who may submit a job over HTTP, by common name; a job that is not there keeps the token that it has
 */
public record Bundle(String suite, List<Release> releases, Map<String, SubmitToken> tokens) {
    static final String SOURCE = "source.json";
    static final String FILES = "files/";
    private static final int MOST_SUITE_CHARS = 100;
    /** The first moment that a ZIP file can hold. */
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    /** Copies what it is given. */
    public Bundle {
        releases = new ArrayList<>(releases);
        tokens = new TreeMap<>(tokens);
    }

    /** Whether a suite can be called that: one line of at most 100 characters. */
    public static boolean validSuite(String name) {
        return name != null
                && !name.isBlank()
                && name.length() <= MOST_SUITE_CHARS
                && name.chars().noneMatch(Character::isISOControl);
    }

    /** What the versions are. */
    public List<Deployed> versions() {
        return releases.stream().map(Release::deployed).toList();
    }

    /** Writes it as a ZIP file. */
    public void write(OutputStream out) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            put(
                    zip,
                    BundleIndex.NAME,
                    ByteSource.wrap(Json.mapper()
                            .writerWithDefaultPrettyPrinter()
                            .writeValueAsBytes(new BundleIndex(BundleIndex.FORMAT, suite, versions(), tokens))));
            for (Release release : releases) {
                String folder = release.deployed().version() + "/";
                if (release.source() != null) {
                    put(zip, folder + SOURCE, release.source());
                }
                for (Map.Entry<String, ByteSource> file : release.files().entrySet()) {
                    put(zip, folder + FILES + file.getKey(), file.getValue());
                }
            }
        }
    }

    private static void put(ZipOutputStream zip, String name, ByteSource content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(NO_TIME);
        zip.putNextEntry(entry);
        content.copyTo(zip);
        zip.closeEntry();
    }
}
