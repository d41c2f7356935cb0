package io.jenkins.plugins.promise.deployment;

import io.jenkins.plugins.promise.contract.Contract;
import io.jenkins.plugins.promise.contract.JobKind;
import io.jenkins.plugins.promise.contract.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** Tells two contents of a version apart. */
public final class ContentDigest {
    private final MessageDigest digest;

    private ContentDigest() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The digest of a release as it is. */
    public static String of(Release release) throws IOException {
        Deployed is = release.deployed();
        return of(
                is.kind(),
                is.contract(),
                is.about(),
                is.script(),
                is.label(),
                is.uses(),
                release.source(),
                release.files());
    }

    public static String of(
            JobKind kind,
            Contract contract,
            String about,
            String script,
            String label,
            Map<String, String> uses,
            ScriptSource source,
            Map<String, byte[]> files)
            throws IOException {
        ContentDigest content = new ContentDigest();
        content.add("kind", kind.keyword());
        content.add("contract", Json.mapper().writeValueAsBytes(contract));
        content.add("about", String.valueOf(about));
        content.add("script", script);
        content.add("label", String.valueOf(label));
        new TreeMap<>(uses).forEach((name, version) -> content.add("uses " + name, version));
        if (source != null) {
            source.parts().forEach(p -> content.add("source " + p.file(), p.text()));
        }
        new TreeMap<>(files).forEach((name, bytes) -> content.add("file " + name, bytes));
        return HexFormat.of().formatHex(content.digest.digest());
    }

    private void add(String name, String text) {
        add(name, text.getBytes(StandardCharsets.UTF_8));
    }

    /** With the lengths of both, so that no two contents run together into the same bytes. */
    private void add(String name, byte[] content) {
        digest.update((name.length() + " " + name + "\n" + content.length + "\n").getBytes(StandardCharsets.UTF_8));
        digest.update(content);
    }
}
