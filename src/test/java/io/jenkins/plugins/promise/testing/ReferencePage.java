package io.jenkins.plugins.promise.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A page of {@code docs/reference} that is made of the code: a test makes it, and fails where the published one differs. */
public final class ReferencePage {
    private static final Path PUBLISHED = Path.of("docs/reference");
    private static final Path MADE = Path.of("target/reference");

    private final String name;
    private final StringBuilder text = new StringBuilder();

    /** An empty page of that name. */
    public ReferencePage(String name, String title, String about) {
        this.name = name + ".md";
        text.append("<!-- made of the code by a test: what is changed here by hand fails it -->\n# ")
                .append(title)
                .append("\n\n")
                .append(about)
                .append('\n');
    }

    /** Begins a part. */
    public ReferencePage part(String title) {
        text.append("\n## ").append(title).append("\n\n");
        return this;
    }

    /** Text as it is. */
    public ReferencePage say(String words) {
        text.append(words).append("\n\n");
        return this;
    }

    /** What is shown as it is written. */
    public ReferencePage code(String lines) {
        text.append("```\n").append(lines.stripTrailing()).append("\n```\n");
        return this;
    }

    /** The head of a table; its rows follow. */
    public ReferencePage head(String... cells) {
        row(cells);
        text.append("|---".repeat(cells.length)).append("|\n");
        return this;
    }

    /** A row of it. */
    public ReferencePage row(String... cells) {
        text.append(Arrays.stream(cells)
                        .map(c -> c.replace("|", "\\|").replaceAll("\\s*\\n\\s*", " "))
                        .collect(Collectors.joining(" | ", "| ", " |")))
                .append('\n');
        return this;
    }

    /** The published page is this one, to the letter; {@code -Dreference=docs/reference} publishes it. */
    public void isPublished() throws IOException {
        String page = text.toString().stripTrailing() + "\n";
        Path made = Path.of(System.getProperty("reference", MADE.toString())).resolve(name);
        Files.createDirectories(made.getParent());
        Files.writeString(made, page);
        Path published = PUBLISHED.resolve(name);
        List<String> there = Files.exists(published) ? Files.readAllLines(published) : List.of();
        assertThat(there)
                .as("%s is not what the code says any more; cp %s %s", published, made, published)
                .isEqualTo(page.lines().toList());
    }
}
