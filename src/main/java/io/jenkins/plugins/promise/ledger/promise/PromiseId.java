package io.jenkins.plugins.promise.ledger.promise;

import com.github.f4b6a3.ulid.UlidCreator;
import com.google.re2j.Pattern;

/** A promise's id: a ULID, and for a worker in a phase the place of its call behind it. */
public final class PromiseId {
    private static final Pattern FORM =
            Pattern.compile("[0-7][0-9A-HJKMNP-TV-Z]{25}(-[0-9]{1,9}(f[0-9]{1,9})?-[0-9]{1,9}-[0-9]{1,9}){0,5}");

    private PromiseId() {}

    /** A new id; 80 bits of it are random. */
    public static String create() {
        return UlidCreator.getUlid().toString();
    }

    /** Whether a text can be an id; nothing else may become part of a file's name. */
    public static boolean valid(String text) {
        return FORM.matches(text);
    }
}
