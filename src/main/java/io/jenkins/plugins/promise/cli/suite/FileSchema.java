package io.jenkins.plugins.promise.cli.suite;

import io.jenkins.plugins.promise.component.Component;
import io.jenkins.plugins.promise.suite.Suite;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The kinds of files that authors write and that have a JSON Schema. */
enum FileSchema {
    JOB(Suite.class, "schema/"),
    SUITE(Suite.class, "schema/"),
    REHEARSAL(Suite.class, "schema/"),
    CASE(Suite.class, "schema/"),
    COMPONENT(Component.class, ""),
    ENVIRONMENTS(Component.class, "");

    private final Class<?> beside;
    private final String folder;

    FileSchema(Class<?> beside, String folder) {
        this.beside = beside;
        this.folder = folder;
    }

    String fileName() {
        return name().toLowerCase(Locale.ROOT) + ".schema.json";
    }

    String text() throws IOException {
        try (InputStream in = beside.getResourceAsStream(folder + fileName())) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
