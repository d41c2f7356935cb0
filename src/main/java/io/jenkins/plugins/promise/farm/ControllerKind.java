package io.jenkins.plugins.promise.farm;

import java.util.Locale;

/** What the controllers of a farm are. */
public enum ControllerKind {
    /** A Jenkins with the plugin. */
    JENKINS,
    /** The local controller, {@code promise serve}. */
    LOCAL;

    /** The word in a farm file. */
    public String keyword() {
        return name().toLowerCase(Locale.ROOT);
    }
}
