package io.jenkins.plugins.promise.testing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
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

    /** What an entry holds, as text. */
    public String content(String name) {
        return new String(entries.get(name), StandardCharsets.UTF_8);
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

    /** The same with one entry marked as a symbolic link, whose content is where it points. */
    public byte[] linking(String name, String target) throws IOException {
        return patched(with(name, target), name, (header, at) -> {
            header.put(at + 5, (byte) 3);
            header.putInt(at + 38, 0xA1FF << 16);
        });
    }

    /** The same with an entry that says of itself that it is shorter or longer than it is. */
    public byte[] claiming(String name, int size) throws IOException {
        return patched(zip(entries), name, (header, at) -> header.putInt(at + 24, size));
    }

    /** The same with an entry whose checksum is another. */
    public byte[] miscounting(String name) throws IOException {
        return patched(zip(entries), name, (header, at) -> header.putInt(at + 16, header.getInt(at + 16) + 1));
    }

    private static byte[] patched(byte[] zip, String name, BiConsumer<ByteBuffer, Integer> patch) {
        ByteBuffer buffer = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        int at = buffer.getInt(zip.length - 6);
        while (buffer.getInt(at) == 0x02014b50) {
            int length = buffer.getShort(at + 28);
            if (new String(zip, at + 46, length, StandardCharsets.UTF_8).equals(name)) {
                patch.accept(buffer, at);
                return zip;
            }
            at += 46 + length + buffer.getShort(at + 30) + buffer.getShort(at + 32);
        }
        throw new AssertionError("there is no " + name);
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
