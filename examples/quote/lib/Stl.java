import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/** The triangles of an STL file, binary or ASCII, as nine coordinates each: x, y and z of three corners. */
final class Stl {
    private static final int HEADER = 84;
    private static final int TRIANGLE = 50;

    private float[] coordinates = new float[9 * 1024];
    private int used;

    /** Something that a worker finds out about a part, as the members of a JSON object. */
    interface Question {
        String answer(Stl part);
    }

    /** Answers a question about the part that a worker was given, and writes the report; also if there is no such part. */
    static void report(String part, Question question) throws IOException {
        String report;
        try {
            report = "{\"status\": \"SUCCESS\", \"data\": {" + question.answer(read(part)) + "}}";
        } catch (NotStl e) {
            String reason =
                    (name(part) + " " + e.getMessage()).replace('\\', '/').replace('"', '\'');
            System.out.println(reason);
            report = "{\"status\": \"FAILURE\", \"reason\": \"" + reason.replaceAll("\\p{Cntrl}", "?") + "\"}";
        }
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(Path.of("report.json")))) {
            out.write(report.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static String name(String part) {
        return part.substring(part.lastIndexOf('/') + 1);
    }

    static Stl read(String part) throws IOException, NotStl {
        Path file = path(part);
        if (!Files.exists(file)) {
            throw new NotStl("is not there");
        }
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new NotStl("is not a file that can be read");
        }
        try (FileChannel channel = FileChannel.open(file)) {
            if (channel.size() == 0) {
                throw new NotStl("is empty");
            }
            if (channel.size() > Integer.MAX_VALUE) {
                throw new NotStl("is larger than 2 GiB");
            }
            MappedByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            Stl stl = new Stl();
            stl.read(bytes.order(ByteOrder.LITTLE_ENDIAN));
            return stl;
        }
    }

    private static Path path(String part) throws NotStl {
        try {
            return part.startsWith("file:") ? Path.of(URI.create(part)) : Path.of(part);
        } catch (IllegalArgumentException | FileSystemNotFoundException e) {
            throw new NotStl("is not a file on this machine");
        }
    }

    private void read(ByteBuffer bytes) throws NotStl {
        int size = bytes.limit();
        boolean saysSolid = startsWithSolid(bytes);
        long announced = size >= HEADER ? bytes.getInt(HEADER - 4) & 0xffffffffL : -1;
        if (announced >= 0 && size == HEADER + TRIANGLE * announced) {
            readBinary(bytes, (int) announced);
        } else if (saysSolid && new Words(bytes).hasEarly("facet", "endsolid")) {
            new Ascii(new Words(bytes)).read();
        } else if (announced > 0 && size < HEADER + TRIANGLE * announced && (size > HEADER || saysSolid)) {
            throw new NotStl("is no STL file, or is cut short: it would have " + announced + " triangles in "
                    + (HEADER + TRIANGLE * announced) + " bytes, but has " + size + " bytes");
        } else {
            throw new NotStl("is no STL file" + (size < HEADER ? ", or is cut short: it has " + size + " bytes" : ""));
        }
        if (used == 0) {
            throw new NotStl("holds no triangles");
        }
        for (int i = 0; i < used; i++) {
            if (!Float.isFinite(coordinates[i])) {
                throw new NotStl("holds a corner that is not a number, in triangle " + (i / 9 + 1));
            }
        }
    }

    private static boolean startsWithSolid(ByteBuffer bytes) {
        byte[] head = new byte[Math.min(5, bytes.limit())];
        bytes.get(0, head);
        return new String(head, StandardCharsets.US_ASCII)
                .toLowerCase(Locale.ROOT)
                .equals("solid");
    }

    private void readBinary(ByteBuffer bytes, int triangles) {
        coordinates = new float[9 * triangles];
        for (int t = 0; t < triangles; t++) {
            int at = HEADER + t * TRIANGLE + 12;
            for (int i = 0; i < 9; i++) {
                add(bytes.getFloat(at + 4 * i));
            }
        }
    }

    private void add(float value) {
        if (used == coordinates.length) {
            coordinates = Arrays.copyOf(coordinates, used * 2);
        }
        coordinates[used++] = value;
    }

    int triangles() {
        return used / 9;
    }

    /** A coordinate: 0 to 2 are x, y and z of the first corner, and so on. */
    float at(int triangle, int index) {
        return coordinates[9 * triangle + index];
    }

    /** Twice the triangle's area, as a vector along its normal. */
    double[] doubleArea(int t) {
        double ax = (double) at(t, 3) - at(t, 0);
        double ay = (double) at(t, 4) - at(t, 1);
        double az = (double) at(t, 5) - at(t, 2);
        double bx = (double) at(t, 6) - at(t, 0);
        double by = (double) at(t, 7) - at(t, 1);
        double bz = (double) at(t, 8) - at(t, 2);
        return new double[] {ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx};
    }

    static double length(double[] v) {
        return Math.sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
    }

    /** What is wrong with a file. */
    static final class NotStl extends Exception {
        private static final long serialVersionUID = 1;

        NotStl(String message) {
            super(message);
        }
    }

    /** The words of a text file, with their lines. */
    private static final class Words {
        private static final int EARLY = 4096;

        private final ByteBuffer bytes;
        private int at;
        private int line = 1;

        Words(ByteBuffer bytes) {
            this.bytes = bytes;
        }

        boolean hasEarly(String... words) {
            byte[] head = new byte[Math.min(EARLY, bytes.limit())];
            bytes.get(0, head);
            String text = new String(head, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
            return Arrays.stream(words).anyMatch(text::contains);
        }

        /** The next word in lower case; null at the end. */
        String next() {
            while (at < bytes.limit() && bytes.get(at) <= ' ' && bytes.get(at) >= 0) {
                if (bytes.get(at++) == '\n') {
                    line++;
                }
            }
            int start = at;
            while (at < bytes.limit() && (bytes.get(at) > ' ' || bytes.get(at) < 0)) {
                at++;
            }
            if (at == start) {
                return null;
            }
            byte[] word = new byte[at - start];
            bytes.get(start, word);
            return new String(word, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        }

        void skipLine() {
            while (at < bytes.limit() && bytes.get(at) != '\n') {
                at++;
            }
        }
    }

    /** Reads {@code solid … facet normal … outer loop vertex … endloop endfacet … endsolid}. */
    private final class Ascii {
        private final Words words;

        Ascii(Words words) {
            this.words = words;
        }

        void read() throws NotStl {
            words.next();
            words.skipLine();
            String word = words.next();
            while (word != null) {
                switch (word) {
                    case "facet" -> facet();
                    case "endsolid" -> words.skipLine();
                    case "solid" -> words.skipLine();
                    default -> throw new NotStl("is no STL file: line " + words.line + " has '" + shown(word)
                            + "' where facet or endsolid must stand");
                }
                String next = words.next();
                if (next == null && !word.equals("endsolid")) {
                    throw cutShort();
                }
                word = next;
            }
        }

        private void facet() throws NotStl {
            expect("normal");
            for (int i = 0; i < 3; i++) {
                number();
            }
            expect("outer");
            expect("loop");
            for (int corner = 0; corner < 3; corner++) {
                expect("vertex");
                for (int i = 0; i < 3; i++) {
                    add(number());
                }
            }
            expect("endloop");
            expect("endfacet");
        }

        private void expect(String word) throws NotStl {
            String found = words.next();
            if (found == null) {
                throw cutShort();
            }
            if (!found.equals(word)) {
                throw new NotStl("is no STL file: line " + words.line + " has '" + shown(found) + "' where " + word
                        + " must stand");
            }
        }

        private float number() throws NotStl {
            String found = words.next();
            if (found == null) {
                throw cutShort();
            }
            try {
                return Float.parseFloat(found);
            } catch (NumberFormatException e) {
                throw new NotStl(
                        "is no STL file: line " + words.line + " has '" + shown(found) + "' where a number must stand");
            }
        }

        private NotStl cutShort() {
            return new NotStl("is cut short: it ends at line " + words.line + " without endsolid");
        }

        private String shown(String word) {
            return word.length() > 30 ? word.substring(0, 30) + "…" : word;
        }
    }
}
