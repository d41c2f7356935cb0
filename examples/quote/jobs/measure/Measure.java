import java.io.IOException;
import java.util.Locale;

/** Volume by the divergence theorem, surface as the sum of the triangles' areas, and the bounding box. */
final class Measure {
    private Measure() {}

    public static void main(String[] arguments) throws IOException {
        Stl.report(arguments[0], Measure::answer);
    }

    private static String answer(Stl part) {
        double[] low = {Double.MAX_VALUE, Double.MAX_VALUE, Double.MAX_VALUE};
        double[] high = {-Double.MAX_VALUE, -Double.MAX_VALUE, -Double.MAX_VALUE};
        for (int t = 0; t < part.triangles(); t++) {
            for (int i = 0; i < 9; i++) {
                low[i % 3] = Math.min(low[i % 3], part.at(t, i));
                high[i % 3] = Math.max(high[i % 3], part.at(t, i));
            }
        }
        double sixVolumes = 0;
        double twoSurfaces = 0;
        for (int t = 0; t < part.triangles(); t++) {
            double[] area = part.doubleArea(t);
            // Seen from a corner of the box: far from the origin the terms would be large and cancel each other.
            sixVolumes += (part.at(t, 0) - low[0]) * area[0]
                    + (part.at(t, 1) - low[1]) * area[1]
                    + (part.at(t, 2) - low[2]) * area[2];
            twoSurfaces += Stl.length(area);
        }
        return String.format(
                Locale.ROOT,
                "\"volume_mm3\": %.3f, \"surface_mm2\": %.3f, \"box_mm\": [%.3f, %.3f, %.3f]",
                Math.abs(sixVolumes / 6),
                twoSurfaces / 2,
                high[0] - low[0],
                high[1] - low[1],
                high[2] - low[2]);
    }
}
