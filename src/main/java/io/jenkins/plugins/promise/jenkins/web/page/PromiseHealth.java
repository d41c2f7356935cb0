package io.jenkins.plugins.promise.jenkins.web.page;

import hudson.model.HealthReport;
import io.jenkins.plugins.promise.jenkins.JenkinsController;
import io.jenkins.plugins.promise.jenkins.Messages;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.ledger.promise.PromiseQuery;
import io.jenkins.plugins.promise.ledger.promise.PromiseState;
import java.util.List;
import java.util.Optional;

/** How the last promises of a job ended, which is its weather on Jenkins' pages: clear if all were fulfilled. */
public final class PromiseHealth {
    private static final int LAST = 20;
    private static final int CLEAR = 100;

    private PromiseHealth() {}

    /** That of the job of a promise; nothing if none has ended, or the ledger is not open. Jenkins asks once a build. */
    public static Optional<HealthReport> of(String promise) {
        JenkinsController controller = JenkinsController.get();
        if (!controller.dispatching()) {
            return Optional.empty();
        }
        return controller
                .ledger()
                .find(promise)
                .map(p -> last(controller, p.job()))
                .flatMap(PromiseHealth::told);
    }

    private static List<Promise> last(JenkinsController controller, String job) {
        return controller
                .ledger()
                .lists()
                .page(new PromiseQuery(PromiseQuery.Which.SETTLED, true, job, "", null, LAST))
                .promises();
    }

    private static Optional<HealthReport> told(List<Promise> last) {
        if (last.isEmpty()) {
            return Optional.empty();
        }
        int rejected = (int)
                last.stream().filter(p -> p.state() == PromiseState.REJECTED).count();
        return Optional.of(new HealthReport(
                CLEAR * (last.size() - rejected) / last.size(), Messages._PromiseHealth_Told(rejected, last.size())));
    }
}
