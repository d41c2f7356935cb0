package io.jenkins.plugins.promise.contract;

import com.google.common.base.Utf8;
import io.jenkins.plugins.promise.contract.json.StorableText;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The type of an input, as written in a job file. */
public enum InputType {
    /** One line of text. */
    STRING,
    /** Text of any number of lines. */
    TEXT,
    /** {@code true} or {@code false}. */
    BOOLEAN,
    /** A whole number of at most 64 bits. */
    INTEGER,
    /** A decimal number in JSON's notation. */
    NUMBER,
    /** One of the declared {@code choices}. */
    CHOICE,
    /** An absolute URI. */
    URI,
    /** An http or https URL that something is reported to. */
    CALLBACK,
    /** One line of text that is shown nowhere. */
    SECRET,
    /** A Jenkins label expression. */
    LABEL,
    /** The name of one Jenkins node. */
    NODE;

    /** What a script gets as an environment variable must fit into one, and Linux takes 128 KiB. */
    static final int MAX_BYTES = 100_000;

    private static final Pattern INTEGER_FORM = Pattern.compile("-?(0|[1-9][0-9]{0,18})");
    /** JSON's grammar of a number (RFC 8259, section 6), with bounds that keep a BigDecimal of it small. */
    private static final Pattern NUMBER_FORM =
            Pattern.compile("-?(0|[1-9][0-9]{0,99})(\\.[0-9]{1,100})?([eE][+-]?[0-9]{1,3})?");

    private static final Pattern NODE_FORM = Pattern.compile("[^?*/\\\\%!@#$^&|<>\\[\\]:;\\p{Cc}]+");

    /** The word for this type in a job file. */
    public String keyword() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The type with that keyword, if there is one. */
    public static Optional<InputType> of(String keyword) {
        return Arrays.stream(values()).filter(t -> t.keyword().equals(keyword)).findFirst();
    }

    /** All keywords, in the order of their declaration. */
    public static List<String> keywords() {
        return Arrays.stream(values()).map(InputType::keyword).toList();
    }

    /**
     * Reads a value as it came in.
     *
     * @return a {@link Boolean}, {@link Long}, {@link BigDecimal} or {@link String}
     * @throws IllegalArgumentException with a message fit for whoever sent the value: what was expected
     */
    Object parse(String raw) {
        StorableText.problem(raw).ifPresent(problem -> {
            throw new IllegalArgumentException(problem);
        });
        if (Utf8.encodedLength(raw) > MAX_BYTES) {
            throw new IllegalArgumentException("is longer than " + MAX_BYTES + " bytes");
        }
        if (this != TEXT && (raw.indexOf('\n') >= 0 || raw.indexOf('\r') >= 0)) {
            throw new IllegalArgumentException("must be a single line");
        }
        return switch (this) {
            case STRING, TEXT, SECRET, CHOICE -> raw;
            case BOOLEAN -> switch (raw.toLowerCase(Locale.ROOT)) {
                case "true" -> true;
                case "false" -> false;
                default -> throw new IllegalArgumentException("must be true or false");
            };
            case INTEGER -> parseInteger(raw);
            case NUMBER -> {
                if (!NUMBER_FORM.matcher(raw).matches()) {
                    throw new IllegalArgumentException("must be a number such as 12.5");
                }
                yield new BigDecimal(raw);
            }
            case URI -> {
                parseUri(raw);
                yield raw;
            }
            case CALLBACK -> {
                checkCallback(parseUri(raw));
                yield raw;
            }
            case LABEL -> {
                if (raw.isBlank()) {
                    throw new IllegalArgumentException("must be a label expression such as linux && gpu");
                }
                yield raw;
            }
            case NODE -> {
                if (!NODE_FORM.matcher(raw).matches()) {
                    throw new IllegalArgumentException("must be the name of a node");
                }
                yield raw;
            }
        };
    }

    private static Long parseInteger(String raw) {
        if (!INTEGER_FORM.matcher(raw).matches()) {
            throw new IllegalArgumentException("must be a whole number such as 42");
        }
        try {
            return Long.valueOf(raw);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("must be between -2^63 and 2^63-1", e);
        }
    }

    private static URI parseUri(String raw) {
        URI uri;
        try {
            uri = new URI(raw);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("is not a URI: " + e.getReason() + " at index " + e.getIndex(), e);
        }
        if (!uri.isAbsolute()) {
            throw new IllegalArgumentException("must be an absolute URI such as s3://bucket/key or https://host/path");
        }
        return uri;
    }

    private static void checkCallback(URI uri) {
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new IllegalArgumentException("must be an http or https URL, not " + scheme);
        }
        if (uri.getHost() == null || uri.getPort() > 65_535 || uri.getPort() == 0) {
            throw new IllegalArgumentException("must name a host, as in https://host/path");
        }
        if (uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException("must not hold a user or password: reports are signed instead");
        }
        if (uri.getRawFragment() != null) {
            throw new IllegalArgumentException("must not hold a fragment (#…): it would never be sent");
        }
    }
}
