package io.jenkins.plugins.promise.farm;

import java.util.Locale;

/** How the agents of a worker type attach themselves. */
public enum Attach {
    /** Over WebSocket to a node that the configuration names; an agent that is not in the file finds none. */
    INBOUND,
    /** By the swarm plugin's client, which makes its node itself. */
    SWARM;

    /** The word in a farm file. */
    public String keyword() {
        return name().toLowerCase(Locale.ROOT);
    }
}
