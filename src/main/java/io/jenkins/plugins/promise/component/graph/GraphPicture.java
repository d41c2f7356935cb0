package io.jenkins.plugins.promise.component.graph;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A graph of components as SVG: a column for each step of the order, an arrow from each component to what it uses. */
final class GraphPicture {
    private static final int WIDTH = 190;
    private static final int HEIGHT = 36;
    private static final int ACROSS = 270;
    private static final int DOWN = 60;
    private static final int MARGIN = 20;
    private static final int MOST_SHOWN = 24;

    private final DependencyGraph graph;
    private final Map<String, Box> boxes = new TreeMap<>();
    private final StringBuilder svg = new StringBuilder();

    GraphPicture(DependencyGraph graph) {
        this.graph = graph;
    }

    String svg() {
        Map<Integer, Integer> rows = new TreeMap<>();
        GraphFormat.columns(graph).forEach((name, column) -> {
            int row = rows.merge(column, 1, Integer::sum) - 1;
            boxes.put(name, new Box(MARGIN + column * ACROSS, MARGIN + row * DOWN));
        });
        int width = 2 * MARGIN + Math.max(0, rows.size() - 1) * ACROSS + WIDTH;
        int height = 2 * MARGIN + (rows.values().stream().mapToInt(r -> r).max().orElse(1) - 1) * DOWN + HEIGHT;
        svg.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\""
                        + " font-family=\"sans-serif\" font-size=\"13\">\n",
                width,
                height,
                width,
                height));
        svg.append("<defs><marker id=\"tip\" viewBox=\"0 0 10 10\" refX=\"10\" refY=\"5\" markerWidth=\"7\""
                + " markerHeight=\"7\" orient=\"auto\"><path d=\"M0 0 10 5 0 10z\" fill=\"#555\"/></marker></defs>\n");
        svg.append("<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n");
        graph.components().forEach((name, component) -> {
            component.needs().forEach(to -> arrow(name, to, " stroke-dasharray=\"5 4\""));
            component.depends().forEach(to -> arrow(name, to, ""));
        });
        boxes.forEach(this::box);
        return svg.append("</svg>\n").toString();
    }

    private void arrow(String from, String to, String style) {
        Box a = boxes.get(from);
        Box b = boxes.get(to);
        if (b == null || from.equals(to)) {
            return;
        }
        // Within a column, as in a train, an arrow goes out and comes in on the right.
        int end = a.left() == b.left() ? b.left() + WIDTH : Math.min(b.left() + WIDTH, a.left());
        int start = a.left() == b.left() ? a.left() + WIDTH : a.left();
        int bend = a.left() == b.left() ? start + 45 : (start + end) / 2;
        svg.append(String.format(
                Locale.ROOT,
                "<path d=\"M%d %d C%d %d %d %d %d %d\" fill=\"none\" stroke=\"#555\"%s marker-end=\"url(#tip)\"/>\n",
                start,
                a.middle(),
                bend,
                a.middle(),
                bend,
                b.middle(),
                end,
                b.middle(),
                style));
    }

    private void box(String name, Box at) {
        String shown = name.length() > MOST_SHOWN ? name.substring(0, MOST_SHOWN - 1) + "…" : name;
        svg.append(String.format(
                Locale.ROOT,
                "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"5\" fill=\"#eef3fa\" stroke=\"#2f5d95\"/>"
                        + "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\"><title>%s</title>%s</text>\n",
                at.left(),
                at.top(),
                WIDTH,
                HEIGHT,
                at.left() + WIDTH / 2,
                at.middle() + 5,
                name,
                shown));
    }

    private record Box(int left, int top) {
        int middle() {
            return top + HEIGHT / 2;
        }
    }
}
