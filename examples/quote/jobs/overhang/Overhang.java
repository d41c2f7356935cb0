import java.io.IOException;
import java.util.Locale;

/**
 * The surface that hangs over by more than 45 degrees and does not lie on the build plate: what a printer that builds
 * layer on layer needs support for.
 */
final class Overhang {
    private static final double STEEP = Math.cos(Math.toRadians(45));
    private static final double ON_PLATE_MM = 0.01;

    private Overhang() {}

    public static void main(String[] arguments) throws IOException {
        Stl.report(arguments[0], Overhang::answer);
    }

    private static String answer(Stl part) {
        float plate = Float.MAX_VALUE;
        for (int t = 0; t < part.triangles(); t++) {
            plate = Math.min(plate, lowest(part, t));
        }
        double twoSurfaces = 0;
        int hanging = 0;
        for (int t = 0; t < part.triangles(); t++) {
            double[] area = part.doubleArea(t);
            double length = Stl.length(area);
            if (length > 0 && -area[2] / length > STEEP && highest(part, t) > plate + ON_PLATE_MM) {
                twoSurfaces += length;
                hanging++;
            }
        }
        return String.format(Locale.ROOT, "\"support_mm2\": %.3f, \"hanging_triangles\": %d", twoSurfaces / 2, hanging);
    }

    private static float lowest(Stl part, int t) {
        return Math.min(part.at(t, 2), Math.min(part.at(t, 5), part.at(t, 8)));
    }

    private static float highest(Stl part, int t) {
        return Math.max(part.at(t, 2), Math.max(part.at(t, 5), part.at(t, 8)));
    }
}
