package io.jenkins.plugins.promise.contract.json;

import com.google.common.base.Utf8;
import java.util.Optional;

/**
 * Text that comes out of UTF-8 and of a database as it went in: a lone surrogate would become a question mark, and
 * PostgreSQL holds no NUL character.
 */
public final class StorableText {
    private StorableText() {}

    /** What is wrong with a text, as the end of a sentence that begins with its name; nothing if it can be stored. */
    public static Optional<String> problem(String text) {
        if (text.indexOf('\0') >= 0) {
            return Optional.of("holds a NUL character (U+0000)");
        }
        try {
            var unused = Utf8.encodedLength(text);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of("holds half of a surrogate pair, which is no character");
        }
    }
}
