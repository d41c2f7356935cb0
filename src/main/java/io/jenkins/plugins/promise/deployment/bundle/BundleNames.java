package io.jenkins.plugins.promise.deployment.bundle;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What files may be called in a bundle: names that are files inside it on every kind of disk, and never the same one. */
public final class BundleNames {
    private static final int MOST_CHARS = 1_000;
    private static final int MOST_SEGMENTS = 32;
    /** What Linux, macOS and Windows take for one file's name. */
    private static final int MOST_BYTES = 255;

    private BundleNames() {}

    /**
     * What keeps names from being files beside each other.
     *
     * @param names with {@code /} between a folder and what is in it
     * @return it goes on after "it holds "; nothing if they can be
     */
    public static Optional<String> problem(Collection<String> names) {
        TreeMap<String, String> folded = new TreeMap<>();
        for (String name : names) {
            Optional<String> bad = problem(name);
            if (bad.isPresent()) {
                return Optional.of("a path that is not allowed: " + shown(name) + ": " + bad.get());
            }
            String same = folded.putIfAbsent(fold(name), name);
            if (same != null) {
                return Optional.of(
                        same.equals(name)
                                ? shown(name) + " twice"
                                : shown(same) + " and " + shown(name)
                                        + ", which are the same file where case does not count");
            }
        }
        return folder(folded);
    }

    private static Optional<String> folder(TreeMap<String, String> folded) {
        for (Map.Entry<String, String> file : folded.entrySet()) {
            String folder = file.getKey() + "/";
            Map.Entry<String, String> in = folded.ceilingEntry(folder);
            if (in != null && in.getKey().startsWith(folder)) {
                return Optional.of(shown(file.getValue()) + " as a file and as the folder of " + shown(in.getValue()));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> problem(String name) {
        if (name.startsWith("/")) {
            return Optional.of("it is absolute");
        }
        if (name.endsWith("/")) {
            return Optional.of("it is a folder, and a bundle holds files only");
        }
        if (name.indexOf('\\') >= 0) {
            return Optional.of("it holds a backslash");
        }
        if (name.codePoints().anyMatch(BundleNames::unprintable)) {
            return Optional.of("it holds a control character, or what is no character");
        }
        String[] segments = name.split("/", -1);
        if (name.length() > MOST_CHARS || segments.length > MOST_SEGMENTS) {
            return Optional.of("it has more than " + MOST_CHARS + " characters or " + MOST_SEGMENTS + " parts");
        }
        for (String segment : segments) {
            Optional<String> bad = segmentProblem(segment);
            if (bad.isPresent()) {
                return bad;
            }
        }
        return Optional.empty();
    }

    private static boolean unprintable(int point) {
        return Character.isISOControl(point) || Character.getType(point) == Character.SURROGATE;
    }

    private static Optional<String> segmentProblem(String segment) {
        if (segment.isEmpty()) {
            return Optional.of("a part of it is empty");
        }
        if (segment.equals(".") || segment.equals("..")) {
            return Optional.of("'" + segment + "' leads to another folder");
        }
        if (segment.endsWith(".") || segment.endsWith(" ")) {
            return Optional.of("some disks leave out a dot or a space at the end of a name");
        }
        if (segment.matches("[A-Za-z]:.*")) {
            return Optional.of("it names a drive");
        }
        return segment.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES
                ? Optional.of("a part of it has more than " + MOST_BYTES + " bytes")
                : Optional.empty();
    }

    /** The same for all names that some disk takes for one. */
    static String fold(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFC)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
    }

    /** A stranger's name, fit to be shown. */
    static String shown(String name) {
        String safe = name.replaceAll("\\p{Cntrl}", "?");
        return "'" + (safe.length() > 100 ? safe.substring(0, 100) + "…" : safe) + "'";
    }
}
