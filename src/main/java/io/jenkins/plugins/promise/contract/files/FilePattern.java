package io.jenkins.plugins.promise.contract.files;

import com.google.common.base.CharMatcher;
import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.Optional;

/**
 * Files of a workspace: a file, a folder with all in it, or a pattern. In a pattern {@code *} and {@code ?} stand for parts
 * of a name, {@code [a-c]} for one letter, {@code **} for any folders.
 */
public final class FilePattern {
    /** How many a job may name. */
    public static final int MOST = 100;

    private static final int LONGEST = 500;
    private static final CharMatcher SPECIAL = CharMatcher.anyOf("*?[");
    private static final Pattern TOKEN = Pattern.compile("\\*\\*/|\\*\\*|\\*|\\?|\\[!?[^\\[\\]/]+\\]|[^*?\\[]+|\\[");

    private final String text;
    private final Pattern pattern;

    private FilePattern(String text) {
        this.text = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        this.pattern = Pattern.compile(expression(this.text));
    }

    /**
     * What an author wrote.
     *
     * @throws IllegalArgumentException if there is a {@link #problem} with it
     */
    public static FilePattern of(String written) {
        problem(written).ifPresent(p -> {
            throw new IllegalArgumentException("'" + written + "' " + p);
        });
        return new FilePattern(written);
    }

    /** What is wrong with what an author wrote, as the end of a sentence that begins with it; nothing if it can be used. */
    public static Optional<String> problem(String written) {
        if (written.isBlank()) {
            return Optional.of("is empty; name files of the workspace, as in build/**");
        }
        if (written.length() > LONGEST) {
            return Optional.of("is longer than " + LONGEST + " characters");
        }
        if (written.startsWith("/")) {
            return Optional.of("begins with a slash; what is produced lies in the workspace, as in build/**");
        }
        if (written.startsWith("!")) {
            return Optional.of("leaves files out, which is not possible; name those that count");
        }
        if (CharMatcher.anyOf("\\{}").matchesAnyOf(written)
                || CharMatcher.javaIsoControl().matchesAnyOf(written)) {
            return Optional.of("holds a backslash, a brace or a control character; write a pattern for each, with /");
        }
        for (String part : written.replaceFirst("/$", "").split("/", -1)) {
            if (part.isEmpty() || part.equals(".") || part.equals("..")) {
                return Optional.of("holds '" + part + "/'; write the way from the workspace without it");
            }
        }
        int unclosed = CharMatcher.is('[').countIn(written.replaceAll("\\[[^\\[\\]/]+\\]", ""));
        return unclosed == 0 ? Optional.empty() : Optional.of("is no pattern: a [ is not closed");
    }

    /** What all that it means lies in, or is, as far as it says; empty for the workspace itself. */
    public String folder() {
        int special = SPECIAL.indexIn(text);
        if (special < 0) {
            return text;
        }
        String literal = text.substring(0, special);
        return literal.contains("/") ? literal.substring(0, literal.lastIndexOf('/')) : "";
    }

    /**
     * Whether it means that file.
     *
     * @param name from the workspace, with slashes
     */
    public boolean matches(String name) {
        return pattern.matches(name);
    }

    private static String expression(String text) {
        StringBuilder expression = new StringBuilder("(?s)");
        Matcher tokens = TOKEN.matcher(text);
        while (tokens.find()) {
            String token = tokens.group();
            expression.append(
                    switch (token) {
                        case "**/" -> "(.*/)?";
                        case "**" -> ".*";
                        case "*" -> "[^/]*";
                        case "?" -> "[^/]";
                        default -> token.startsWith("[") && token.length() > 1 ? letters(token) : Pattern.quote(token);
                    });
        }
        return SPECIAL.matchesNoneOf(text) ? expression + "(/.*)?" : expression.toString();
    }

    private static String letters(String token) {
        boolean others = token.startsWith("[!");
        String inside = token.substring(others ? 2 : 1, token.length() - 1).replace("^", "\\^");
        return "[" + (others ? "^/" : "") + inside + "]";
    }

    @Override
    public String toString() {
        return text;
    }
}
