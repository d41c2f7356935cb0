package io.jenkins.plugins.promise.jenkins.watching;

import io.jenkins.plugins.promise.jenkins.config.WatchConfiguration;
import io.jenkins.plugins.promise.watching.WatchDesk;
import io.jenkins.plugins.promise.watching.Watched;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import jenkins.model.Jenkins;

/** The page of components: what is watched since when, what was seen last, and what went wrong. */
public final class ComponentsPage {
    private final Optional<WatchDesk> desk;
    private final Predicate<String> seen;

    ComponentsPage(Optional<WatchDesk> desk, Predicate<String> seen) {
        this.desk = desk;
        this.seen = seen;
    }

    /** Whether anything is watched at all. */
    public boolean isWatched() {
        return desk.isPresent();
    }

    /** Whether whoever looks at it may change that. */
    public boolean isConfigurable() {
        return Jenkins.get().hasPermission(Jenkins.ADMINISTER);
    }

    /** How often branches are looked at; null if only pushes are told. */
    public String getPoll() {
        return WatchConfiguration.get().getPoll();
    }

    /** Whether a webhook is believed. */
    public boolean isBelieving() {
        return WatchConfiguration.get().secret().isPresent();
    }

    /** The components that whoever looks at it may see, by name. */
    public List<Watched> getComponents() {
        return desk.map(d -> d.components(seen)).orElse(List.of());
    }

    /** The branches of which they may see all components, as they were seen last. */
    public List<Watched.Seen> getBranches() {
        return desk.map(d -> d.branches(seen)).orElse(List.of());
    }
}
