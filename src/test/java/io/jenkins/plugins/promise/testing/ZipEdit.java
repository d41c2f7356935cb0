package io.jenkins.plugins.promise.testing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** Changes of a ZIP file that no honest program would make. */
public final class ZipEdit {
    private final Map<String, byte[]> entries = new LinkedHashMap<>();

    public ZipEdit(byte[] zip) throws IOException {
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                entries.put(entry.getName(), in.readAllBytes());
            }
        }
    }

    /** The same with one entry more, or another content of one. */
    public byte[] with(String name, String content) throws IOException {
        Map<String, byte[]> changed = new LinkedHashMap<>(entries);
        changed.put(name, content.getBytes(StandardCharsets.UTF_8));
        return zip(changed);
    }

    public byte[] without(String name) throws IOException {
        Map<String, byte[]> changed = new LinkedHashMap<>(entries);
        if (changed.remove(name) == null) {
            throw new AssertionError("there is no " + name + " in " + entries.keySet());
        }
        return zip(changed);
    }

    /** The same with a text in an entry replaced. */
    public byte[] replacing(String name, String text, String by) throws IOException {
        String before = new String(entries.get(name), StandardCharsets.UTF_8);
        if (!before.contains(text)) {
            throw new AssertionError("there is no " + text + " in " + before);
        }
        return with(name, before.replace(text, by));
    }

    private static byte[] zip(Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
        return out.toByteArray();
    }
}
