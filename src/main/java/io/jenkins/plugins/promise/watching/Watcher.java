package io.jenkins.plugins.promise.watching;

import io.jenkins.plugins.promise.acceptance.Promises;
import io.jenkins.plugins.promise.acceptance.submission.Accepted;
import io.jenkins.plugins.promise.acceptance.submission.Submission;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.ledger.Ledger;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.ledger.promise.Submitter;
import io.jenkins.plugins.promise.watching.component.Branch;
import io.jenkins.plugins.promise.watching.component.WatchedComponent;
import io.jenkins.plugins.promise.watching.history.Change;
import io.jenkins.plugins.promise.watching.history.ChangedComponents;
import io.jenkins.plugins.promise.watching.history.MissingHistory;
import io.jenkins.plugins.promise.watching.history.WatchedClone;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Looks at branches, and submits what has changed in them since it passed last. Whoever tells of a push, or how often, makes
 * no difference: a component is started once for a commit. It is used by one thread at a time.
 */
public final class Watcher {
    private static final int SHOWN = 7;

    private final Path clones;
    private final DeclaredComponents declared;
    private final Promises promises;
    private final Ledger ledger;
    private final WatchedRows rows;
    private final StartedJob jobs;
    private final PassedCommits passed;

    /**
     * A watcher of the components that are declared, whenever that is.
     *
     * @param clones where repositories are cloned to
     */
    public Watcher(Path clones, DeclaredComponents declared, Promises promises, Ledger ledger, Clock clock) {
        this.clones = clones;
        this.declared = declared;
        this.promises = promises;
        this.ledger = ledger;
        this.rows = new WatchedRows(ledger, clock);
        this.passed = new PassedCommits(declared, rows);
        this.jobs = new StartedJob(promises);
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
        return declared.all().values().stream()
                .map(d -> Watched.of(d, rows.component(d.component().name())))
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

    /** Takes note of what became of a build-test, if the promise was one of a component here. */
    public void settled(Promise promise) {
        passed.settled(promise);
    }

    /** Takes note again of what was started last and has settled: it may have been while nobody was here. */
    public void catchUp() {
        for (Watched watched : components()) {
            Optional.ofNullable(watched.promise())
                    .flatMap(ledger::find)
                    .filter(p -> p.state().settled())
                    .ifPresent(this::settled);
        }
    }

    /**
     * Looks at a branch, and starts what has changed.
     *
     * @return what was found out, which is kept too
     */
    public String look(Branch branch) throws InterruptedException {
        Optional<Watched.Seen> before = rows.branch(branch);
        String last = before.map(Watched.Seen::head).orElse(null);
        WatchedClone clone = new WatchedClone(clones, branch);
        try {
            String head = clone.fetch().orElse(null);
            String told;
            if (head == null) {
                boolean deleted = last != null
                        || before.filter(b -> b.told().contains("deleted")).isPresent();
                told = "the branch " + (deleted ? "was deleted" : "does not exist") + "; nothing is started";
            } else {
                boolean forced = last != null && !last.equals(head) && !follows(clone, head, last);
                told = (forced ? "force-pushed: " + shown(last) + " is no longer part of it; " : "")
                        + start(branch, clone, head);
            }
            if (!same(before, head, told)) {
                rows.seen(branch, head, told);
            }
            return told;
        } catch (IOException e) {
            String told = "cannot be looked at: " + e.getMessage();
            if (!same(before, last, told)) {
                rows.failed(branch, last, told);
            }
            return told;
        }
    }

    private static boolean same(Optional<Watched.Seen> before, String head, String told) {
        return before.isPresent()
                && told.equals(before.get().told())
                && Objects.equals(head, before.get().head());
    }

    /** Not if this clone has the earlier one no more. */
    private static boolean follows(WatchedClone clone, String head, String earlier)
            throws IOException, InterruptedException {
        return clone.commit(earlier).isPresent() && clone.contains(head, earlier);
    }

    private static String shown(String commit) {
        return commit.substring(0, SHOWN);
    }

    private String start(Branch branch, WatchedClone clone, String head) throws IOException, InterruptedException {
        Map<String, WatchedComponent> its = new TreeMap<>();
        watched().stream().filter(c -> c.source().equals(branch)).forEach(c -> its.put(c.name(), c));
        List<String> told = new ArrayList<>();
        try {
            ChangedComponents history = new ChangedComponents(clone, its.values());
            for (String name : changed(history, its.keySet(), head)) {
                told.add(start(its.get(name), head, branch));
            }
        } catch (MissingHistory e) {
            return "nothing is started: " + String.join("; ", e.problems())
                    + "; say which commit has passed: POST /promises/components/NAME/passed?commit=COMMIT, or commit="
                    + ChangedComponents.NONE;
        }
        return told.isEmpty() ? "nothing has changed at " + shown(head) : String.join("; ", told);
    }

    /** Those that have changed since they passed, but for those of which the same is being built already. */
    private Set<String> changed(ChangedComponents history, Set<String> its, String head)
            throws IOException, InterruptedException, MissingHistory {
        Map<String, String> passed = new TreeMap<>();
        Map<String, String> building = new TreeMap<>();
        for (String component : its) {
            Watched.Progress watched = rows.component(component);
            String from = watched.passed() == null ? ChangedComponents.NONE : watched.passed();
            passed.put(component, from);
            boolean open = Optional.ofNullable(watched.promise())
                    .flatMap(ledger::find)
                    .filter(p -> !p.state().settled())
                    .isPresent();
            building.put(component, open ? watched.started() : from);
        }
        Set<String> changed = names(history.since(passed, head));
        if (!building.equals(passed)) {
            try {
                Set<String> stillChanged = names(history.since(building, head));
                changed.removeIf(name -> !building.get(name).equals(passed.get(name)) && !stillChanged.contains(name));
            } catch (MissingHistory e) {
                // What is being built is of a history that was rewritten since: it is built anew.
                return changed;
            }
        }
        return changed;
    }

    private static Set<String> names(List<Change> changes) {
        return changes.stream().map(Change::component).collect(Collectors.toCollection(TreeSet::new));
    }

    private String start(WatchedComponent component, String head, Branch branch) {
        String told = component.name() + " at " + shown(head);
        try {
            StartedJob.Chosen chosen = jobs.of(component, head);
            Accepted accepted = promises.submit(Submission.of(
                    chosen.job(),
                    chosen.inputs(),
                    component.name() + "@" + head,
                    new Submitter(Submitter.Kind.UNKNOWN, "a push to " + branch)));
            rows.started(component.name(), head, accepted.promise().id());
            return told + ": " + chosen.job() + " is " + accepted.promise().id();
        } catch (Refused e) {
            return told + " is not started: " + e.getMessage();
        }
    }
}
