import java.io.IOException;
import java.util.Arrays;

/**
 * Counts edges. In a closed mesh each edge belongs to two triangles; if all are oriented alike, they run along it in
 * opposite directions.
 */
final class MeshCheck {
    private int[] table = new int[1 << 12];
    private float[] corners = new float[3 << 11];
    private int count;

    public static void main(String[] arguments) throws IOException {
        Stl.report(arguments[0], part -> new MeshCheck().answer(part));
    }

    private String answer(Stl part) {
        int triangles = part.triangles();
        long[] edges = new long[3 * triangles];
        int used = 0;
        int degenerate = 0;
        for (int t = 0; t < triangles; t++) {
            int a = corner(part.at(t, 0), part.at(t, 1), part.at(t, 2));
            int b = corner(part.at(t, 3), part.at(t, 4), part.at(t, 5));
            int c = corner(part.at(t, 6), part.at(t, 7), part.at(t, 8));
            if (a == b || b == c || c == a) {
                degenerate++;
                continue;
            }
            edges[used++] = edge(a, b);
            edges[used++] = edge(b, c);
            edges[used++] = edge(c, a);
        }
        Arrays.sort(edges, 0, used);
        int open = 0;
        int bad = 0;
        int flipped = 0;
        for (int start = 0; start < used; ) {
            int end = start;
            int forward = 0;
            while (end < used && edges[end] >> 1 == edges[start] >> 1) {
                forward += (int) (edges[end] & 1);
                end++;
            }
            switch (end - start) {
                case 1 -> open++;
                case 2 -> flipped += forward == 1 ? 0 : 1;
                default -> bad++;
            }
            start = end;
        }
        return "\"triangles\": " + triangles + ", \"degenerate\": " + degenerate + ", \"open_edges\": " + open
                + ", \"bad_edges\": " + bad + ", \"flipped_edges\": " + flipped + ", \"watertight\": "
                + (open == 0 && bad == 0 && used > 0) + ", \"oriented\": " + (flipped == 0);
    }

    /** An edge's two corners, the lower first, and in the last bit whether the triangle runs along it that way. */
    private static long edge(int from, int to) {
        long low = Math.min(from, to);
        long high = Math.max(from, to);
        return low << 32 | high << 1 | (from < to ? 1 : 0);
    }

    /** The number of a corner: the same for the same coordinates. */
    private int corner(float x, float y, float z) {
        if (count * 2 >= table.length) {
            grow();
        }
        // Adding zero makes 0.0 of -0.0, which is the same place.
        int slot = slot(x + 0f, y + 0f, z + 0f);
        if (table[slot] == 0) {
            if (3 * count == corners.length) {
                corners = Arrays.copyOf(corners, corners.length * 2);
            }
            corners[3 * count] = x + 0f;
            corners[3 * count + 1] = y + 0f;
            corners[3 * count + 2] = z + 0f;
            table[slot] = ++count;
        }
        return table[slot] - 1;
    }

    private int slot(float x, float y, float z) {
        int hash = Float.floatToIntBits(x) * 73_856_093
                ^ Float.floatToIntBits(y) * 19_349_663
                ^ Float.floatToIntBits(z) * 83_492_791;
        int slot = (hash ^ hash >>> 16) * 0x45d9f3b >>> 7 & table.length - 1;
        while (table[slot] != 0) {
            int known = 3 * (table[slot] - 1);
            if (corners[known] == x && corners[known + 1] == y && corners[known + 2] == z) {
                return slot;
            }
            slot = slot + 1 & table.length - 1;
        }
        return slot;
    }

    private void grow() {
        table = new int[table.length * 2];
        for (int i = 0; i < count; i++) {
            table[slot(corners[3 * i], corners[3 * i + 1], corners[3 * i + 2])] = i + 1;
        }
    }
}
