package io.jenkins.plugins.promise.watching;

import com.google.re2j.Pattern;
import io.jenkins.plugins.promise.ledger.promise.PhaseRecord;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.report.ReportStatus;
import io.jenkins.plugins.promise.watching.component.WatchedComponent;
import io.jenkins.plugins.promise.watching.history.Clones;
import io.jenkins.plugins.promise.watching.history.WatchedClone;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/**
 * Takes note of the commits whose build-test has passed, out of what becomes of promises. Whoever may build a job may give it
 * any commit: only one that its branch has, and that is not before what has passed already, is taken note of.
 */
final class PassedCommits {
    private static final Logger LOGGER = Logger.getLogger(PassedCommits.class.getName());
    private static final String COMMIT = "GIT_HASH";
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{40,64}");

    private final DeclaredComponents declared;
    private final WatchedRows rows;
    private final Clones clones;

    PassedCommits(DeclaredComponents declared, WatchedRows rows, Clones clones) {
        this.declared = declared;
        this.rows = rows;
        this.clones = clones;
    }

    /** Whether a promise may be one of a component's jobs. */
    static boolean names(Promise promise) {
        String commit = promise.inputs().get(COMMIT);
        return commit != null && HASH.matches(commit);
    }

    /** The components whose build-test a promise is. */
    List<WatchedComponent> of(Promise promise) {
        if (!names(promise)) {
            return List.of();
        }
        return declared.all().values().stream()
                .map(DeclaredComponents.Declared::component)
                .filter(c -> c.tests().contains(promise.job()))
                .toList();
    }

    /** Looks at a promise of a component that has settled, and tells whether it counts. */
    boolean settled(WatchedComponent component, Promise promise) throws InterruptedException {
        if (!names(promise) || !passed(component, promise)) {
            return false;
        }
        String commit = promise.inputs().get(COMMIT);
        Watched.Progress progress = rows.component(component.name());
        if (!counts(component, progress, commit, promise.id().equals(progress.promise()))) {
            LOGGER.log(
                    Level.INFO,
                    "{0} passed {1}, which its branch does not have, or had before what has passed",
                    new Object[] {promise.id(), commit});
            return false;
        }
        rows.passed(component.name(), commit, promise.number());
        return true;
    }

    /** What was asked for here was there; it may be that somebody has forced the branch elsewhere since. */
    private boolean counts(WatchedComponent component, Watched.Progress progress, String commit, boolean asked)
            throws InterruptedException {
        boolean itself = asked && commit.equals(progress.started());
        WatchedClone clone = clones.of(component.source());
        try {
            Optional<String> head = clone.tip();
            if (head.isEmpty() || clone.commit(commit).isEmpty()) {
                return itself;
            }
            return clone.contains(head.get(), commit) && !before(clone, head.get(), commit, progress.passed());
        } catch (IOException e) {
            return itself;
        }
    }

    private static boolean before(WatchedClone clone, String head, String commit, String passed)
            throws IOException, InterruptedException {
        return passed != null
                && !passed.equals(commit)
                && clone.commit(passed).isPresent()
                && clone.contains(head, passed)
                && clone.contains(passed, commit);
    }

    /** A release that failed later does not take back that build and test have passed. */
    private static boolean passed(WatchedComponent component, Promise promise) {
        Set<String> passed = promise.phases().stream()
                .filter(p -> !p.workers().isEmpty()
                        && p.workers().stream()
                                .allMatch(w -> ReportStatus.SUCCESS.name().equals(w.status())))
                .map(PhaseRecord::name)
                .collect(Collectors.toSet());
        return passed.containsAll(component.phases());
    }
}
