package io.jenkins.plugins.promise.engine;

import com.cloudbees.groovy.cps.Outcome;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.TreeMap;

/** The branches of one {@code parallel}, and how those ended that have. */
final class BranchGroup implements Serializable {
    private static final long serialVersionUID = 1;

    final boolean failFast;
    /** The names of those under way, by their numbers. */
    final TreeMap<Integer, String> names = new TreeMap<>();
    /** What each returned; null for those that have not. */
    final LinkedHashMap<String, Object> values = new LinkedHashMap<>();
    /** The first failure. */
    Throwable failure;

    BranchGroup(boolean failFast) {
        this.failFast = failFast;
    }

    void add(int branch, String name) {
        names.put(branch, name);
        values.put(name, null);
    }

    Outcome outcome() {
        return failure != null ? new Outcome(null, failure) : new Outcome(values, null);
    }
}
