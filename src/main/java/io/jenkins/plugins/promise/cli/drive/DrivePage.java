package io.jenkins.plugins.promise.cli.drive;

import io.jenkins.plugins.promise.ledger.database.DurableFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;
import org.apache.commons.text.StringEscapeUtils;

/** A drive as one HTML file: the figures, two charts, and what went wrong. Nothing in it is loaded from elsewhere. */
final class DrivePage {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 180;
    private static final int LEFT = 56;
    private static final int BOTTOM = 24;
    private static final int MOST_PROBLEMS = 100;
    private static final double[] PERCENTILES = {0, 10, 25, 50, 75, 90, 95, 99, 99.9, 100};

    private final DriveSummary summary;
    private final List<Driven> all;
    private final String title;

    DrivePage(DriveSummary summary, List<Driven> all, String title) {
        this.summary = summary;
        this.all = all;
        this.title = title;
    }

    void write(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        DurableFiles.write(file.toAbsolutePath(), html().getBytes(StandardCharsets.UTF_8));
    }

    private String html() {
        StringBuilder html = new StringBuilder("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width\"><title>" + text(title) + "</title><style>"
                + ":root{color-scheme:light dark}"
                + "body{font:15px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem}"
                + "table{border-collapse:collapse}td{padding:.15rem 1rem .15rem 0;vertical-align:top}"
                + "td:last-child{font-variant-numeric:tabular-nums;font-weight:600}"
                + "svg{width:100%;height:auto}svg text{font-size:11px;fill:currentColor}"
                + ".good{color:#18794e}.bad{color:#cd2b31}pre{white-space:pre-wrap}"
                + "</style></head><body><main>\n");
        html.append("<h1>").append(text(title)).append("</h1>\n<p class=\"");
        html.append(
                summary.good()
                        ? "good\">Everything that was accepted was settled once and delivered, as expected."
                        : "bad\">Not everything was as it should be; see below.");
        html.append("</p>\n<table>\n");
        summary.figures().forEach((name, value) -> html.append("<tr><td>")
                .append(text(name))
                .append("</td><td>")
                .append(text(value))
                .append("</td></tr>\n"));
        html.append("</table>\n<h2>Reports delivered in each second</h2>\n").append(bars(summary.perSecond()));
        html.append("<h2>From accepted to the report, by percentile (ms)</h2>\n")
                .append(curve(summary.report()));
        problems(html);
        return html.append("</main></body></html>\n").toString();
    }

    private void problems(StringBuilder html) {
        List<Driven> bad = all.stream().filter(d -> !d.problems().isEmpty()).toList();
        if (bad.isEmpty()) {
            return;
        }
        html.append("<h2>What went wrong</h2>\n");
        bad.stream().limit(MOST_PROBLEMS).forEach(d -> html.append("<pre>")
                .append(text(d.from().name() + " #" + d.number() + " " + d.id().orElse("") + ": "
                        + String.join("\n", d.problems())))
                .append("</pre>\n"));
        if (bad.size() > MOST_PROBLEMS) {
            html.append("<p>and ").append(bad.size() - MOST_PROBLEMS).append(" more</p>\n");
        }
    }

    private static String bars(List<Integer> values) {
        int top = Math.max(1, values.stream().max(Integer::compare).orElse(1));
        double width = (double) (WIDTH - LEFT) / values.size();
        List<String> shapes = new ArrayList<>();
        for (int second = 0; second < values.size(); second++) {
            double height = (double) values.get(second) / top * (HEIGHT - BOTTOM - 10);
            shapes.add(String.format(
                    Locale.ROOT,
                    "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"#3e63dd\"><title>%d s:"
                            + " %d</title></rect>",
                    LEFT + second * width,
                    HEIGHT - BOTTOM - height,
                    Math.max(0.5, width - 1),
                    height,
                    second,
                    values.get(second)));
        }
        return chart(
                "Reports delivered in each second", shapes, Integer.toString(top), "0 s", (values.size() - 1) + " s");
    }

    private static String curve(Histogram histogram) {
        long top = Math.max(1, histogram.getMaxValue());
        List<String> shapes = new ArrayList<>();
        StringBuilder points = new StringBuilder();
        double step = (double) (WIDTH - LEFT - 20) / (PERCENTILES.length - 1);
        for (int index = 0; index < PERCENTILES.length; index++) {
            long value = histogram.getTotalCount() == 0 ? 0 : histogram.getValueAtPercentile(PERCENTILES[index]);
            double x = LEFT + index * step;
            double y = HEIGHT - BOTTOM - (double) value / top * (HEIGHT - BOTTOM - 10);
            points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
            shapes.add(String.format(
                    Locale.ROOT,
                    "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"#3e63dd\"><title>p%s: %d ms</title></circle>",
                    x,
                    y,
                    label(PERCENTILES[index]),
                    value));
            if (index > 0 && index < PERCENTILES.length - 1) {
                shapes.add(String.format(
                        Locale.ROOT,
                        "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">p%s</text>",
                        x,
                        HEIGHT - 8,
                        label(PERCENTILES[index])));
            }
        }
        shapes.add("<polyline points=\"" + points.toString().strip() + "\" fill=\"none\" stroke=\"#3e63dd\"/>");
        return chart(
                "Milliseconds from accepted to the report, by percentile", shapes, Long.toString(top), "min", "max");
    }

    private static String label(double percentile) {
        return percentile == Math.rint(percentile)
                ? Long.toString(Math.round(percentile))
                : Double.toString(percentile);
    }

    private static String chart(String name, List<String> shapes, String top, String first, String last) {
        return "<svg viewBox=\"0 0 " + WIDTH + " " + HEIGHT + "\" role=\"img\" aria-label=\"" + name
                + "\">\n<line x1=\"" + LEFT + "\" y1=\""
                + (HEIGHT - BOTTOM) + "\" x2=\"" + WIDTH + "\" y2=\"" + (HEIGHT - BOTTOM)
                + "\" stroke=\"currentColor\" stroke-opacity=\".4\"/>\n<text x=\"" + (LEFT - 6)
                + "\" y=\"18\" text-anchor=\"end\">" + top + "</text>\n<text x=\"" + (LEFT - 6) + "\" y=\""
                + (HEIGHT - BOTTOM) + "\" text-anchor=\"end\">0</text>\n<text x=\"" + LEFT + "\" y=\"" + (HEIGHT - 8)
                + "\">" + first + "</text>\n<text x=\"" + WIDTH + "\" y=\"" + (HEIGHT - 8) + "\" text-anchor=\"end\">"
                + last + "</text>\n" + String.join("\n", shapes) + "\n</svg>\n";
    }

    private static String text(String raw) {
        return StringEscapeUtils.escapeHtml4(raw);
    }
}
