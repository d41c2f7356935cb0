package io.jenkins.plugins.promise.report;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.google.common.net.PercentEscaper;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a secret looks like in a log or a report: as it is, and as tools commonly write it. */
final class SecretForms {
    /** A shorter secret is looked for only as it is: what is left of it in base64 would be found everywhere. */
    static final int MIN_LENGTH = 4;

    private static final Pattern ESCAPE = Pattern.compile("%[0-9A-F]{2}");
    private static final Pattern NOT_ASCII = Pattern.compile("[^ -~]");
    private static final Pattern UNSAFE_IN_HTML = Pattern.compile("[<>&]");

    /** As RFC 3986, JavaScript's encodeURIComponent, Python's quote and HTML forms leave characters alone. */
    private static final List<String> SAFE_IN_URLS = List.of("-_.~", "-_.!~*'()", "-_.~/", "-_.*");

    private final Set<String> forms = new TreeSet<>();

    private SecretForms() {}

    /** All forms, the secret itself included; none of an empty secret. */
    static Set<String> of(String secret) {
        SecretForms all = new SecretForms();
        if (secret.isEmpty()) {
            return all.forms;
        }
        all.forms.add(secret);
        if (secret.length() >= MIN_LENGTH && StandardCharsets.UTF_8.newEncoder().canEncode(secret)) {
            byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
            all.inUrls(secret);
            all.inJson(secret);
            all.inBase64(bytes, Base64.getEncoder());
            all.inBase64(bytes, Base64.getUrlEncoder());
            all.forms.add(HexFormat.of().formatHex(bytes));
            all.forms.add(HexFormat.of().withUpperCase().formatHex(bytes));
        }
        return all.forms;
    }

    private void inUrls(String secret) {
        for (String safe : SAFE_IN_URLS) {
            for (boolean plus : List.of(true, false)) {
                String escaped = new PercentEscaper(safe, plus).escape(secret);
                forms.add(escaped);
                forms.add(ESCAPE.matcher(escaped)
                        .replaceAll((MatchResult m) -> m.group().toLowerCase(Locale.ROOT)));
            }
        }
    }

    private void inJson(String secret) {
        String quoted = new String(JsonStringEncoder.getInstance().quoteAsString(secret));
        for (String slashes : List.of(quoted, quoted.replace("/", "\\/"))) {
            for (String html : List.of(slashes, escaped(UNSAFE_IN_HTML, slashes, "\\u%04x"))) {
                forms.add(html);
                forms.add(escaped(NOT_ASCII, html, "\\u%04x"));
                forms.add(escaped(NOT_ASCII, html, "\\u%04X"));
            }
        }
    }

    private static String escaped(Pattern what, String text, String format) {
        return what.matcher(text)
                .replaceAll((MatchResult m) -> Matcher.quoteReplacement(
                        m.group().chars().mapToObj(format::formatted).collect(Collectors.joining())));
    }

    /**
     * In base64 three bytes become four characters, so that a secret looks different after none, one or two bytes of
     * something else. A character that holds bits of a neighbour as well is left out of the form.
     */
    private void inBase64(byte[] secret, Base64.Encoder encoder) {
        for (int before = 0; before < 3; before++) {
            byte[] bytes = new byte[before + secret.length];
            System.arraycopy(secret, 0, bytes, before, secret.length);
            int start = (8 * before + 5) / 6;
            String padded = encoder.encodeToString(bytes);
            String unpadded = encoder.withoutPadding().encodeToString(bytes);
            forms.add(padded.substring(start));
            forms.add(unpadded.substring(start));
            forms.add(unpadded.substring(start, 8 * bytes.length / 6));
        }
    }
}
