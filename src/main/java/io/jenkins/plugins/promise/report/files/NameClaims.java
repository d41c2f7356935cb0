package io.jenkins.plugins.promise.report.files;

import java.util.NavigableMap;
import java.util.TreeMap;

/** Whose file each one is that is put into a workspace: no two workers have produced one of the same name. */
public final class NameClaims {
    private final NavigableMap<String, String> from = new TreeMap<>();

    /**
     * Takes a name for a worker.
     *
     * @throws NotKept if another worker has produced a file of that name, or one where this needs a folder
     */
    public void claim(String worker, String name) throws NotKept {
        String other = other(name);
        if (other != null) {
            throw new NotKept("'" + other + "' and '" + worker + "' have both produced " + name
                    + "; give it another name in one of them");
        }
        from.put(name, worker);
    }

    private String other(String name) {
        for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
            String above = from.get(name.substring(0, slash));
            if (above != null) {
                return above;
            }
        }
        String below = from.ceilingKey(name + "/");
        return below != null && below.startsWith(name + "/") ? from.get(below) : from.get(name);
    }
}
