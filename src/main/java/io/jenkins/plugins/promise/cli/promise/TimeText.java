package io.jenkins.plugins.promise.cli.promise;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Times of a controller as somebody at this terminal reads them.
 *
 * @param zone whose clock is on the wall
 */
public record TimeText(ZoneId zone) {
    private static final Pattern INSTANT =
            Pattern.compile("\\b[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:[.][0-9]{1,9})?Z\\b");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    /** That instant, as JSON has it, to the second. */
    public String at(String instant) {
        return TIME.format(Instant.parse(instant).atZone(zone));
    }

    /** What a controller tells, with the instants in it as they are told here. */
    public String in(String text) {
        return INSTANT.matcher(text).replaceAll(found -> at(found.group()));
    }

    /** That instant, and how long it is from another one. */
    String at(String instant, String from) {
        return at(instant) + " (" + length(Duration.between(Instant.parse(from), Instant.parse(instant))) + ")";
    }

    private static String length(Duration duration) {
        if (duration.compareTo(Duration.ofMinutes(1)) < 0) {
            return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1_000.0);
        }
        if (duration.compareTo(Duration.ofHours(1)) < 0) {
            return duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
        }
        return duration.toHours() + " h " + duration.toMinutesPart() + " min";
    }
}
