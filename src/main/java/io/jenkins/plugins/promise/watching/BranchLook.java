package io.jenkins.plugins.promise.watching;

import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.ledger.Ledger;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.watching.component.Branch;
import io.jenkins.plugins.promise.watching.component.RepositoryPolicy;
import io.jenkins.plugins.promise.watching.component.WatchedComponent;
import io.jenkins.plugins.promise.watching.history.Change;
import io.jenkins.plugins.promise.watching.history.ChangedComponents;
import io.jenkins.plugins.promise.watching.history.Clones;
import io.jenkins.plugins.promise.watching.history.MissingHistory;
import io.jenkins.plugins.promise.watching.history.RememberedCommits;
import io.jenkins.plugins.promise.watching.history.WatchedClone;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Looks at a branch, and submits what has changed in it since it passed last. Whoever tells of a push, or how often, makes no
 * difference: a component is started once for a commit.
 */
final class BranchLook {
    private static final int SHOWN = 7;

    private final Clones clones;
    private final DeclaredComponents declared;
    private final WatchedRows rows;
    private final PassedCommits passed;
    private final StartedComponent started;
    private final Ledger ledger;
    private final Supplier<RepositoryPolicy> allowed;

    BranchLook(
            Clones clones,
            DeclaredComponents declared,
            WatchedRows rows,
            PassedCommits passed,
            StartedComponent started,
            Ledger ledger,
            Supplier<RepositoryPolicy> allowed) {
        this.clones = clones;
        this.declared = declared;
        this.rows = rows;
        this.passed = passed;
        this.started = started;
        this.ledger = ledger;
        this.allowed = allowed;
    }

    /** What a component was started for last, and what became of it; no promise if none was, or it has passed since. */
    private record Known(WatchedComponent component, Watched.Progress progress, Optional<Promise> promise) {
        boolean open() {
            return promise.filter(p -> !p.state().settled()).isPresent();
        }

        boolean unnoted() {
            return promise.filter(p -> p.state().settled() && p.number() > progress.noted())
                    .isPresent();
        }
    }

    /** Looks at it; what was found out is kept. */
    Looked look(Branch branch) throws InterruptedException {
        Optional<Watched.Seen> before = rows.branch(branch);
        RepositoryPolicy policy = allowed.get();
        Optional<String> refused = policy.refusal(branch.repository());
        if (refused.isPresent()) {
            return failed(branch, before, "the repository " + branch.repository() + " " + refused.get(), false);
        }
        try {
            WatchedClone clone = clones.of(branch, policy);
            Optional<String> head = clone.fetch();
            // Not before: while that took its time, another controller may have found and built it.
            Map<String, Known> its = known(branch);
            Told told =
                    head.isEmpty() ? new Told(missing(before), false, false) : compared(clone, head.get(), before, its);
            if (!same(before, head.orElse(null), told.text())) {
                rows.seen(branch, head.orElse(null), told.text());
            }
            return new Looked(told.text(), told.again());
        } catch (IOException e) {
            var unused = known(branch);
            return failed(branch, before, e.getMessage(), true);
        }
    }

    private Looked failed(Branch branch, Optional<Watched.Seen> before, String why, boolean again) {
        String last = last(before);
        String told = "cannot be looked at: " + why;
        if (!same(before, last, told)) {
            rows.failed(branch, last, told);
        }
        return new Looked(told, again);
    }

    private static String last(Optional<Watched.Seen> before) {
        return before.map(Watched.Seen::head).orElse(null);
    }

    private static boolean same(Optional<Watched.Seen> before, String head, String told) {
        return before.isPresent()
                && told.equals(before.get().told())
                && Objects.equals(head, before.get().head());
    }

    private static String missing(Optional<Watched.Seen> before) {
        boolean deleted = before.filter(b -> b.head() != null || b.told().contains("deleted"))
                .isPresent();
        return "the branch " + (deleted ? "was deleted" : "does not exist") + "; nothing is started";
    }

    /** The components of a branch; what has settled while nobody took note of it is taken note of first. */
    private Map<String, Known> known(Branch branch) throws InterruptedException {
        Map<String, Known> its = read(branch);
        boolean noted = false;
        for (Known one : its.values()) {
            noted |= one.unnoted()
                    && passed.settled(one.component(), one.promise().orElseThrow());
        }
        return noted ? read(branch) : its;
    }

    private Map<String, Known> read(Branch branch) {
        Map<String, Watched.Progress> progress = rows.components();
        Map<String, Known> its = new TreeMap<>();
        for (DeclaredComponents.Declared one : declared.all().values()) {
            WatchedComponent component = one.component();
            if (component.source().equals(branch)) {
                Watched.Progress far = progress.getOrDefault(component.name(), Watched.Progress.NONE);
                its.put(component.name(), new Known(component, far, promise(far)));
            }
        }
        return its;
    }

    private Optional<Promise> promise(Watched.Progress progress) {
        return progress.promise() == null || progress.started().equals(progress.passed())
                ? Optional.empty()
                : ledger.find(progress.promise());
    }

    /** A clone that cannot be read, or lacks what it had, is made anew, and read once more. */
    private Told compared(WatchedClone clone, String head, Optional<Watched.Seen> before, Map<String, Known> its)
            throws IOException, InterruptedException {
        String last = last(before);
        try {
            Told told = told(clone, head, last, its);
            if (!told.incomplete() || same(before, head, told.text()) || clone.sound()) {
                return told;
            }
        } catch (IOException e) {
            clone.anewAfter(e);
            return told(clone, head, last, its);
        }
        clone.anew();
        return told(clone, head, last, its);
    }

    /**
     * What was found out.
     *
     * @param incomplete whether history is missing
     * @param again whether something could not be started, which may be otherwise in a moment
     */
    private record Told(String text, boolean incomplete, boolean again) {}

    private Told told(WatchedClone clone, String head, String last, Map<String, Known> its)
            throws IOException, InterruptedException {
        boolean forced =
                last != null && !last.equals(head) && !(clone.commit(last).isPresent() && clone.contains(head, last));
        String rewritten = forced ? "force-pushed: " + shown(last) + " is no longer part of it; " : "";
        List<String> told = new ArrayList<>();
        boolean again = false;
        try {
            for (String name : changed(clone, its, head)) {
                Looked started = start(its.get(name), head);
                told.add(started.told());
                again |= started.again();
            }
        } catch (MissingHistory e) {
            return new Told(
                    rewritten + "nothing is started: " + String.join("; ", e.problems())
                            + "; say which commit has passed: POST /promises/components/NAME/passed?commit=COMMIT, or"
                            + " commit=" + ChangedComponents.NONE,
                    true,
                    false);
        }
        return new Told(
                rewritten + (told.isEmpty() ? "nothing has changed at " + shown(head) : String.join("; ", told)),
                false,
                again);
    }

    private static String shown(String commit) {
        return commit.substring(0, SHOWN);
    }

    /** Those that have changed since they passed, but for those of which the same is being built already. */
    private static Set<String> changed(WatchedClone clone, Map<String, Known> its, String head)
            throws IOException, InterruptedException, MissingHistory {
        ChangedComponents history = new ChangedComponents(
                new RememberedCommits(clone),
                its.values().stream().map(Known::component).toList());
        Map<String, String> passed = new TreeMap<>();
        Map<String, String> building = new TreeMap<>();
        its.forEach((name, known) -> {
            String from = Objects.requireNonNullElse(known.progress().passed(), ChangedComponents.NONE);
            passed.put(name, from);
            building.put(name, known.open() ? known.progress().started() : from);
        });
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

    /** What was started for this commit is not started again, also when its promise is not kept any more. */
    private Looked start(Known known, String head) {
        String told = known.component().name() + " at " + shown(head);
        Watched.Progress progress = known.progress();
        if (head.equals(progress.started())) {
            String what =
                    known.promise().map(p -> p.job() + " is " + p.id()).orElse("was started as " + progress.promise());
            return new Looked(told + ": " + what, false);
        }
        try {
            return new Looked(told + ": " + started.at(known.component(), head), false);
        } catch (Refused e) {
            return new Looked(told + " is not started: " + e.getMessage(), e.why() == Refused.Why.UNAVAILABLE);
        }
    }
}
