package io.jenkins.plugins.promise.local.console.job;

import io.javalin.Javalin;
import io.javalin.http.Context;
import io.jenkins.plugins.promise.contract.GivenInputs;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.deployment.DeploymentPlan;
import io.jenkins.plugins.promise.deployment.Deployments;
import io.jenkins.plugins.promise.deployment.Pruning;
import io.jenkins.plugins.promise.deployment.VersionStore;
import io.jenkins.plugins.promise.deployment.bundle.Deployed;
import io.jenkins.plugins.promise.local.console.web.Forms;
import io.jenkins.plugins.promise.local.console.web.Pages;
import io.jenkins.plugins.promise.local.http.Doorkeeper;
import java.io.IOException;
import java.util.Optional;

/** What the operator does with versions: compares them, rolls back, and prunes. */
public final class VersionPages {
    private static final String PLACE = "jobs";
    private static final String OLDER_THAN = "olderThan";
    private static final String DEFAULT_AGE = "7d";

    private final Pages pages;
    private final Doorkeeper doorkeeper;
    private final Deployments deployments;
    private final VersionStore store;
    private final VersionDiff diffs;

    /** Pages of the versions that are deployed. */
    public VersionPages(Pages pages, Doorkeeper doorkeeper, Deployments deployments, VersionStore store) {
        this.pages = pages;
        this.doorkeeper = doorkeeper;
        this.deployments = deployments;
        this.store = store;
        this.diffs = new VersionDiff(store);
    }

    /** Answers for them. */
    public void routes(Javalin server, Forms forms) {
        server.get("/console/jobs/{job}/diff", this::diff);
        server.post("/console/jobs/{job}/rollback", forms.handler(this::rollback));
        server.get("/console/prune", context -> prune(context, given(context.queryParam(OLDER_THAN)), true));
        server.post(
                "/console/prune",
                forms.handler(
                        (context, given) -> prune(context, given(given.values().get(OLDER_THAN)), false)));
    }

    private static String given(String olderThan) {
        return olderThan == null || olderThan.isBlank() ? DEFAULT_AGE : olderThan.trim();
    }

    private void diff(Context context) throws Refused, IOException {
        doorkeeper.admitOperator(context);
        Deployed from = version(context, "from");
        Deployed to = version(context, "to");
        pages.answer(
                context,
                200,
                "diff",
                from.version() + " and " + to.version(),
                PLACE,
                new DiffList(to.name(), from.version(), to.version(), diffs.between(from, to)));
    }

    private Deployed version(Context context, String parameter) throws Refused {
        String job = context.pathParam("job");
        String version = Optional.ofNullable(context.queryParam(parameter)).orElse("");
        return store.resolve(version)
                .filter(d -> d.name().equals(job))
                .orElseThrow(() ->
                        new Refused(Refused.Why.UNKNOWN, "'" + parameter + "' must be a deployed version of " + job));
    }

    private void rollback(Context context, GivenInputs given) throws Refused {
        doorkeeper.admitOperator(context);
        DeploymentPlan.Move move =
                deployments.rollback(context.pathParam("job"), given.values().get("to"));
        Forms.goOn(context, "/promises/jobs/" + move.name());
    }

    private void prune(Context context, String olderThan, boolean dryRun) throws Refused {
        doorkeeper.admitOperator(context);
        Pruning pruning = deployments.prune(Pruning.age(OLDER_THAN, olderThan), dryRun);
        pages.answer(context, 200, "prune", "Prune", PLACE, new PruneList(olderThan, dryRun, pruning));
    }
}
