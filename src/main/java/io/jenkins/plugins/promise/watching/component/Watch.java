package io.jenkins.plugins.promise.watching.component;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.List;
import java.util.Optional;

/**
 * Files whose changes concern a component: a file, a folder with all in it, or a pattern, from the top of the repository.
 * In a pattern {@code *} and {@code ?} stand for parts of a name, {@code [a-c]} for one letter, {@code **} for any folders,
 * as git has them.
 *
 * @param text the file, the folder or the pattern, with slashes
 * @param literal whether it is no pattern
 */
public record Watch(String text, boolean literal) {
    private static final CharMatcher SPECIAL = CharMatcher.anyOf("*?[");
    private static final Pattern CLOSED = Pattern.compile("([^\\[]|\\[!?[^\\[\\]/]+\\])*");

    /** What an author wrote. */
    public static Watch of(String written) {
        return SPECIAL.matchesNoneOf(written) ? file(written) : new Watch(written, false);
    }

    /** A file, or a folder with all in it, whatever it is called. */
    public static Watch file(String path) {
        return new Watch(path.endsWith("/") ? path.substring(0, path.length() - 1) : path, true);
    }

    /** Everything. */
    public static Watch all() {
        return new Watch("**", false);
    }

    /** What is wrong with what an author wrote, as the end of a sentence that begins with it; nothing if it can be used. */
    public static Optional<String> problem(String written) {
        if (written.isBlank()) {
            return Optional.of("is empty");
        }
        if (written.startsWith("/")) {
            return Optional.of("begins with a slash; write it without, as in src/**");
        }
        if (written.startsWith("!")) {
            return Optional.of("leaves files out, which is not possible; name those that count");
        }
        if (written.indexOf('\\') >= 0) {
            return Optional.of("holds a backslash; folders are divided by /");
        }
        if (written.indexOf('{') >= 0) {
            return Optional.of("holds a brace; write a pattern for each");
        }
        for (String part : written.split("/", -1)) {
            if (part.equals("..") || part.equals(".")) {
                return Optional.of("holds '" + part + "'; write the way without it");
            }
        }
        if (written.contains("//")) {
            return Optional.of("holds two slashes in a row");
        }
        if (!CLOSED.matches(written)) {
            return Optional.of("is no pattern: a [ is not closed");
        }
        try {
            var unused = Watch.of(written).matching();
            return Optional.empty();
        } catch (PatternSyntaxException e) {
            return Optional.of("is no pattern: what stands between [ and ] is not letters, or a first and a last one");
        }
    }

    /** What is wrong with one that came from somebody else's machine; nothing if it can be used. */
    Optional<String> trouble() {
        if (text == null || (text.isBlank() && literal)) {
            return Optional.of("is empty");
        }
        return literal ? Optional.empty() : problem(text);
    }

    /** A predicate that is made once and asked for many paths. */
    public Matching matching() {
        return new Matching(this);
    }

    @Override
    public String toString() {
        return text;
    }

    /** A {@link Watch}, ready to be asked. */
    public static final class Matching {
        private static final Pattern PART = Pattern.compile("\\*+|\\?|\\[[!^]?[^\\[\\]/]+\\]|[^*?\\[]+|\\[");

        private final String text;
        private final String prefix;
        private final Pattern pattern;

        private Matching(Watch watch) {
            text = watch.text();
            prefix = watch.literal() ? text : text.substring(0, SPECIAL.indexIn(text));
            pattern = watch.literal() ? null : Pattern.compile(expression(text));
        }

        /**
         * Whether it means that file.
         *
         * @param path from the top of the repository, with slashes
         */
        public boolean matches(String path) {
            if (!path.startsWith(prefix)) {
                return false;
            }
            return pattern == null
                    ? path.length() == text.length() || path.charAt(text.length()) == '/'
                    : pattern.matches(path);
        }

        /** Two stars are any folders where they stand between slashes, and all below at the end; else they are one. */
        private static String expression(String text) {
            List<String> names = Splitter.on('/').splitToList(text.endsWith("/") ? text + "**" : text);
            StringBuilder expression = new StringBuilder("(?s)");
            for (int at = 0; at < names.size(); at++) {
                boolean last = at == names.size() - 1;
                if (names.get(at).equals("**")) {
                    expression.append(last ? ".+" : "(?:.+/)?");
                } else {
                    expression.append(name(names.get(at))).append(last ? "" : "/");
                }
            }
            return expression.toString();
        }

        private static String name(String name) {
            StringBuilder expression = new StringBuilder();
            Matcher parts = PART.matcher(name);
            while (parts.find()) {
                String part = parts.group();
                expression.append(
                        switch (part.charAt(0)) {
                            case '*' -> "[^/]*";
                            case '?' -> "[^/]";
                            case '[' -> letters(part);
                            default -> Pattern.quote(part);
                        });
            }
            return expression.toString();
        }

        private static String letters(String part) {
            boolean others = part.startsWith("[!") || part.startsWith("[^");
            String inside = part.substring(others ? 2 : 1, part.length() - 1).replace("^", "\\^");
            return "[" + (others ? "^/" : "") + inside + "]";
        }
    }
}
