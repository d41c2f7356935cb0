package io.jenkins.plugins.promise.farm.local;

import com.google.common.io.BaseEncoding;
import io.jenkins.plugins.promise.ledger.database.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The secrets of a farm on this machine: whoever has a value puts it there, and the others are made up. */
public final class SecretFiles {
    private static final int BYTES = 24;

    private final Path folder;

    /** Those in that folder. */
    public SecretFiles(Path folder) {
        this.folder = folder;
    }

    /**
     * The files of secrets, each of which is there then.
     *
     * @param names variables
     */
    public Map<String, String> files(List<String> names) throws IOException {
        Map<String, String> files = new TreeMap<>();
        for (String name : names) {
            Path file = folder.resolve(name);
            if (!Files.exists(file)) {
                byte[] random = new byte[BYTES];
                new SecureRandom().nextBytes(random);
                DurableFiles.writeSecret(file, BaseEncoding.base64Url().encode(random) + "\n");
            }
            files.put(name, file.toString());
        }
        return files;
    }

    /**
     * Sees to it that secrets are there which cannot be made up.
     *
     * @throws IOException naming the first that is not
     */
    public void require(List<String> names) throws IOException {
        for (String name : names) {
            if (!Files.isReadable(folder.resolve(name))) {
                throw new NoSuchFileException(
                        folder.resolve(name).toString(), null, "is missing: put the secret's value there");
            }
        }
    }
}
