package io.jenkins.plugins.promise.watching;

import io.jenkins.plugins.promise.acceptance.Promises;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.ledger.Ledger;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.watching.component.Branch;
import io.jenkins.plugins.promise.watching.component.RepositoryPolicy;
import io.jenkins.plugins.promise.watching.component.WatchedComponent;
import io.jenkins.plugins.promise.watching.history.Clones;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Knows the components that are declared, whenever that is, what is known of them, and of which branches. What is about one
 * repository is done by one thread at a time.
 */
public final class Watcher {
    private final DeclaredComponents declared;
    private final WatchedRows rows;
    private final PassedCommits passed;
    private final Clones clones;
    private final BranchLook look;

    /**
     * A watcher of the components that are declared.
     *
     * @param clones where repositories are cloned to
     * @param allowed which repositories may be fetched now
     */
    public Watcher(
            Path clones,
            DeclaredComponents declared,
            Promises promises,
            Ledger ledger,
            Clock clock,
            Supplier<RepositoryPolicy> allowed) {
        this.declared = declared;
        this.clones = new Clones(clones);
        this.rows = new WatchedRows(ledger, clock);
        this.passed = new PassedCommits(declared, rows, this.clones);
        this.look = new BranchLook(
                this.clones, declared, rows, passed, new StartedComponent(promises, rows), ledger, allowed);
    }

    private List<WatchedComponent> watched() {
        return declared.all().values().stream()
                .map(DeclaredComponents.Declared::component)
                .toList();
    }

    /** The branches that components are built from. */
    public List<Branch> branches() {
        return watched().stream().map(WatchedComponent::source).distinct().toList();
    }

    /**
     * The branches that a push is about.
     *
     * @return none if no component is built from what was pushed
     * @throws Refused if no component is of that repository
     */
    public List<Branch> branches(Push push) throws Refused {
        List<Branch> its = branches().stream()
                .filter(b -> push.urls().stream().anyMatch(b::of))
                .toList();
        if (its.isEmpty()) {
            throw new Refused(
                    Refused.Why.UNKNOWN,
                    "no component is of the repository " + push.urls().get(0).replaceAll("\\p{Cntrl}", "?"));
        }
        return its.stream().filter(b -> b.name().equals(push.branch())).toList();
    }

    /** What is known of the components, by name. */
    public List<Watched> components() {
        Map<String, Watched.Progress> known = rows.components();
        return declared.all().values().stream()
                .map(d -> Watched.of(d, known.getOrDefault(d.component().name(), Watched.Progress.NONE)))
                .toList();
    }

    /**
     * The branches as they were seen last.
     *
     * @param all which components all of a branch must be among: what is told of it names any of them
     */
    public List<Watched.Seen> seen(Predicate<String> all) {
        List<WatchedComponent> watched = watched();
        Set<Branch> others = watched.stream()
                .filter(c -> !all.test(c.name()))
                .map(WatchedComponent::source)
                .collect(Collectors.toSet());
        return watched.stream()
                .map(WatchedComponent::source)
                .distinct()
                .filter(b -> !others.contains(b))
                .flatMap(b -> rows.branch(b).stream())
                .toList();
    }

    /**
     * Says which commit of a component has passed, where its history does not tell any more.
     *
     * @param commit null for none
     * @throws Refused if there is no such component
     */
    public void say(String component, String commit) throws Refused {
        Set<String> known = declared.all().keySet();
        if (!known.contains(component)) {
            throw Refused.unknown("component", component, known);
        }
        rows.say(component, commit);
    }

    /** The components whose build-test a promise is. */
    List<WatchedComponent> of(Promise promise) {
        return passed.of(promise);
    }

    /** Takes note of what became of a component's build-test. */
    void settled(WatchedComponent component, Promise promise) throws InterruptedException {
        var unused = passed.settled(component, promise);
    }

    /** Looks at a branch, and starts what has changed. */
    Looked look(Branch branch) throws InterruptedException {
        return look.look(branch);
    }

    /** The clones of what is not watched any longer. */
    List<Path> left() throws IOException {
        return clones.left(repositories());
    }

    /** Deletes one, if it is still not watched. */
    void drop(Path clone) throws IOException {
        if (clones.left(repositories()).contains(clone)) {
            Clones.delete(clone);
        }
    }

    private Collection<String> repositories() {
        return branches().stream().map(Branch::repository).collect(Collectors.toSet());
    }
}
