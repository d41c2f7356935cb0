package io.jenkins.plugins.promise.component.generation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.util.SortedMap;
import java.util.TreeMap;

/** The files of a suite in the making, by path, each once. */
final class SuiteFiles {
    private final SortedMap<String, byte[]> files = new TreeMap<>();

    void add(String path, String text) throws IOException {
        add(path, text.getBytes(StandardCharsets.UTF_8));
    }

    void add(String path, byte[] bytes) throws IOException {
        if (files.putIfAbsent(path, bytes.clone()) != null) {
            throw new FileAlreadyExistsException(
                    path + " is written by hand, and is made of a component too; rename what was written by hand");
        }
    }

    /** All of them. */
    SortedMap<String, byte[]> all() {
        return new TreeMap<>(files);
    }
}
