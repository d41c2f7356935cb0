package io.jenkins.plugins.promise.cli.drive;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/**
 * What a drive has come to.
 *
 * @param count how many submissions
 * @param accepted how many were accepted
 * @param settled how many are known to be settled
 * @param delivered how many reports came
 * @param lost how many accepted ones no report came of
 * @param duplicated how many callbacks came again
 * @param late how many reports came after the time they should take
 * @param wrong how many reports were not as expected, or came twice and different
 * @param forged how many callbacks had a wrong signature
 * @param misdeeds how many requests the receiver treated badly on purpose
 * @param seconds from the first submission to the last report
 * @param registration from accepted to the registration, in milliseconds
 * @param report from accepted to the report, in milliseconds
 * @param perSecond how many reports came in each second
 */
record DriveSummary(
        int count,
        long accepted,
        long settled,
        long delivered,
        long lost,
        long duplicated,
        long late,
        long wrong,
        int forged,
        int misdeeds,
        double seconds,
        Histogram registration,
        Histogram report,
        List<Integer> perSecond) {
    private static final int DIGITS = 3;
    private static final double MILLIS = 1_000;

    static DriveSummary of(List<Driven> all, DriveReceiver receiver, Instant began, Duration lateAfter) {
        Instant last = all.stream()
                .map(Driven::reportedAt)
                .flatMap(Optional::stream)
                .max(Instant::compareTo)
                .orElse(began);
        int[] perSecond =
                new int[1 + (int) Math.max(0, Duration.between(began, last).toSeconds())];
        all.stream()
                .map(Driven::reportedAt)
                .flatMap(Optional::stream)
                .forEach(at ->
                        perSecond[(int) Math.max(0, Duration.between(began, at).toSeconds())]++);
        return new DriveSummary(
                all.size(),
                all.stream().filter(d -> d.id().isPresent()).count(),
                all.stream().filter(Driven::settled).count(),
                all.stream().filter(Driven::delivered).count(),
                all.stream().filter(d -> d.id().isPresent() && !d.delivered()).count(),
                all.stream().mapToInt(Driven::duplicates).sum(),
                times(all, Driven::toReport)
                        .filter(t -> t.compareTo(lateAfter) > 0)
                        .count(),
                all.stream()
                        .filter(d -> d.delivered() && !d.problems().isEmpty())
                        .count(),
                receiver.forged(),
                receiver.misdeeds(),
                Duration.between(began, last).toMillis() / MILLIS,
                histogram(times(all, Driven::toRegistration)),
                histogram(times(all, Driven::toReport)),
                Arrays.stream(perSecond).boxed().toList());
    }

    private static Stream<Duration> times(List<Driven> all, Function<Driven, Optional<Duration>> time) {
        return all.stream().map(time).flatMap(Optional::stream);
    }

    private static Histogram histogram(Stream<Duration> times) {
        Histogram histogram = new Histogram(DIGITS);
        times.forEach(t -> histogram.recordValue(t.toMillis()));
        return histogram;
    }

    /** Whether nothing was lost, late promises aside, and all was as expected. */
    boolean good() {
        return accepted == count && delivered == count && wrong == 0 && forged == 0;
    }

    /** One line for a progress view. */
    String line() {
        return String.format(
                Locale.ROOT, "accepted %d of %d, delivered %d, duplicates %d", accepted, count, delivered, duplicated);
    }

    /** The figures by name. */
    Map<String, String> figures() {
        Map<String, String> figures = new LinkedHashMap<>();
        figures.put("submitted", Integer.toString(count));
        figures.put("accepted", Long.toString(accepted));
        figures.put("settled", Long.toString(settled));
        figures.put("delivered", Long.toString(delivered));
        figures.put("lost", Long.toString(lost));
        figures.put("duplicated", Long.toString(duplicated));
        figures.put("late", Long.toString(late));
        figures.put("not as expected", Long.toString(wrong));
        figures.put("wrongly signed", Integer.toString(forged));
        figures.put("treated badly on purpose", Integer.toString(misdeeds));
        figures.put("seconds", String.format(Locale.ROOT, "%.1f", seconds));
        figures.put("to the registration", percentiles(registration));
        figures.put("to the report", percentiles(report));
        return figures;
    }

    private static String percentiles(Histogram histogram) {
        return histogram.getTotalCount() == 0
                ? "none"
                : String.format(
                        Locale.ROOT,
                        "median %d ms, p90 %d ms, p99 %d ms, max %d ms",
                        histogram.getValueAtPercentile(50),
                        histogram.getValueAtPercentile(90),
                        histogram.getValueAtPercentile(99),
                        histogram.getMaxValue());
    }
}
