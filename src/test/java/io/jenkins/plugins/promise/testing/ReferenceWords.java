package io.jenkins.plugins.promise.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.io.Resources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.yaml.snakeyaml.Yaml;

/** What the reference says in words of the things that the code names: for each one of them, and for nothing else. */
public final class ReferenceWords {
    private final String part;
    private final Map<String, String> words;
    private final TreeSet<String> taken = new TreeSet<>();

    /** The words for one part of {@code reference/words.yaml}. */
    public ReferenceWords(String part) throws IOException {
        this.part = part;
        Map<String, Map<String, String>> all = new Yaml()
                .load(Resources.toString(Resources.getResource("reference/words.yaml"), StandardCharsets.UTF_8));
        words = new TreeMap<>(all.get(part));
    }

    /** The words for a thing. */
    public String of(String thing) {
        assertThat(words)
                .as("reference/words.yaml says nothing in %s of %s", part, thing)
                .containsKey(thing);
        taken.add(thing);
        return words.get(thing);
    }

    /** Nothing is said of what is not there any more. */
    public void areAllTaken() {
        assertThat(words.keySet())
                .as("what reference/words.yaml says of in %s is there", part)
                .isEqualTo(taken);
    }
}
