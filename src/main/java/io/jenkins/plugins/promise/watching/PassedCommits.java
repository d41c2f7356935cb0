package io.jenkins.plugins.promise.watching;

import io.jenkins.plugins.promise.ledger.promise.PhaseRecord;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.report.ReportStatus;
import io.jenkins.plugins.promise.watching.component.WatchedComponent;
import java.util.Set;
import java.util.stream.Collectors;

/** Takes note of the commits whose build-test has passed, out of what becomes of promises. */
final class PassedCommits {
    private final DeclaredComponents declared;
    private final WatchedRows rows;

    PassedCommits(DeclaredComponents declared, WatchedRows rows) {
        this.declared = declared;
        this.rows = rows;
    }

    /** Looks at a promise that has settled. */
    void settled(Promise promise) {
        String commit = promise.inputs().get("GIT_HASH");
        if (commit == null) {
            return;
        }
        for (DeclaredComponents.Declared one : declared.all().values()) {
            WatchedComponent component = one.component();
            if (component.tests().contains(promise.job()) && passed(component, promise)) {
                rows.passed(component.name(), commit, promise.number());
            }
        }
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
