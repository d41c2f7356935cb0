package io.jenkins.plugins.promise.farm.reading;

import com.google.re2j.Pattern;
import io.jenkins.plugins.promise.contract.yaml.Nearest;
import io.jenkins.plugins.promise.contract.yaml.YamlMapping;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Values that farm files have in several places. */
final class Words {
    private static final Pattern SIZE = Pattern.compile("[a-z][a-z0-9-]{0,20}\\.[a-z0-9-]{1,20}");
    /** A file's, a credential's and a user's name at once. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,59}");

    private Words() {}

    /** One of the words that an enum has. */
    static <E extends Enum<E>> E of(Class<E> words, String key, YamlMapping yaml, E otherwise) {
        String text = yaml.text(key);
        if (text == null) {
            return otherwise;
        }
        List<String> known = Arrays.stream(words.getEnumConstants())
                .map(w -> w.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList();
        int at = known.indexOf(text);
        if (at < 0) {
            yaml.error(
                    key, "must be " + String.join(" or ", known) + ", not '" + text + "'" + Nearest.hint(text, known));
            return otherwise;
        }
        return words.getEnumConstants()[at];
    }

    /** Names, each once. */
    static List<String> names(String key, YamlMapping yaml) {
        List<String> names = yaml.texts(key);
        for (String name : names.stream().distinct().toList()) {
            if (!NAME.matches(name)) {
                yaml.error(
                        key,
                        "'" + name + "' is no name: use letters, digits, '_' and '-', a letter first; the value comes"
                                + " from the secret source");
            }
            if (names.indexOf(name) != names.lastIndexOf(name)) {
                yaml.error(key, "names " + name + " twice");
            }
        }
        return names.stream().distinct().toList();
    }

    /** An instance's type, which a farm that spans zones must name. */
    static String size(YamlMapping yaml, boolean zones) {
        String size = yaml.text("size");
        if (size == null) {
            if (zones) {
                yaml.error("size", "is missing: the farm spans zones; name an instance type, as in m6i.large");
            }
        } else if (!SIZE.matches(size)) {
            yaml.error("size", "'" + size + "' is no instance type, as in m6i.large");
        }
        return size;
    }

    /** GiB. */
    static int disk(YamlMapping yaml, int otherwise) {
        Integer disk = yaml.count("disk", 16_000);
        if (disk != null && disk < 8) {
            yaml.error("disk", "must be at least 8 GiB");
        }
        return disk == null ? otherwise : disk;
    }
}
