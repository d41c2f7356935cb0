package io.jenkins.plugins.promise.local;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.Javalin;
import io.javalin.http.Context;
import io.jenkins.plugins.promise.acceptance.Dispatch;
import io.jenkins.plugins.promise.acceptance.Promises;
import io.jenkins.plugins.promise.acceptance.view.PromiseView;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.deployment.DeployOptions;
import io.jenkins.plugins.promise.deployment.DeploymentPlan;
import io.jenkins.plugins.promise.deployment.Deployments;
import io.jenkins.plugins.promise.deployment.Pruning;
import io.jenkins.plugins.promise.deployment.VersionStore;
import io.jenkins.plugins.promise.deployment.bundle.Deployed;
import io.jenkins.plugins.promise.local.http.Doorkeeper;
import io.jenkins.plugins.promise.local.http.JsonAnswer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The HTTP of what is deployed: what is there, what comes, what goes, and what a common name stands for. */
final class DeploymentApi {
    private static final String DRY_RUN = "dryRun";
    private static final String DEFAULT_AGE = "7d";

    private final LocalSettings settings;
    private final Promises promises;
    private final Dispatch dispatch;
    private final Deployments deployments;
    private final VersionStore catalog;
    private final Doorkeeper doorkeeper;
    private final PromiseView view;

    /** Part of an API. */
    DeploymentApi(
            LocalSettings settings,
            Promises promises,
            Dispatch dispatch,
            Deployments deployments,
            VersionStore catalog,
            Doorkeeper doorkeeper,
            PromiseView view) {
        this.settings = settings;
        this.promises = promises;
        this.dispatch = dispatch;
        this.deployments = deployments;
        this.catalog = catalog;
        this.doorkeeper = doorkeeper;
        this.view = view;
    }

    void routes(Javalin server) {
        server.get("/promises/jobs", this::jobs);
        server.get("/promises/jobs/{job}", this::job);
        server.post("/promises/deploy", this::deploy);
        server.post("/promises/prune", this::prune);
        server.post("/promises/rollback/{job}", this::rollback);
        server.post("/promises/pause/{job}", this::pause);
        server.post("/promises/resume/{job}", this::resume);
    }

    private void jobs(Context context) throws Refused, IOException {
        doorkeeper.admitOperator(context);
        Map<String, List<Deployed>> byName = catalog.all().stream()
                .collect(Collectors.groupingBy(Deployed::name, TreeMap::new, Collectors.toList()));
        ObjectNode node = Json.mapper().createObjectNode();
        ArrayNode jobs = node.putArray("jobs");
        for (List<Deployed> versions : byName.values()) {
            jobs.add(view.job(versions.get(0), versions, catalog));
        }
        node.set("broken", Json.mapper().valueToTree(catalog.broken()));
        JsonAnswer.send(context, 200, node);
    }

    private void job(Context context) throws Refused, IOException {
        String name = context.pathParam("job");
        doorkeeper.admit(context, catalog.resolve(name));
        Deployed job = promises.job(name);
        List<Deployed> versions =
                catalog.all().stream().filter(d -> d.name().equals(job.name())).toList();
        JsonAnswer.send(context, 200, view.job(job, versions, catalog));
    }

    private void deploy(Context context) throws Refused {
        doorkeeper.admitOperator(context);
        DeployOptions options = new DeployOptions(flag(context, DRY_RUN), flag(context, "takeOver"));
        ObjectNode node = Json.mapper().valueToTree(deployed(context, options));
        node.put(DRY_RUN, options.dryRun());
        JsonAnswer.send(context, 200, node);
    }

    private DeploymentPlan deployed(Context context, DeployOptions options) throws Refused {
        try {
            return deployments.deploy(context.bodyInputStream(), settings.bundleBytes(), options);
        } catch (Refused e) {
            if (e.why() == Refused.Why.TOO_LARGE) {
                // The rest of it is not read.
                context.header("Connection", "close");
            }
            throw e;
        }
    }

    private void prune(Context context) throws Refused {
        doorkeeper.admitOperator(context);
        String given = Optional.ofNullable(context.queryParam("olderThan")).orElse(DEFAULT_AGE);
        Duration olderThan = Pruning.age("olderThan", given);
        boolean dryRun = flag(context, DRY_RUN);
        Pruning pruning = deployments.prune(olderThan, dryRun);
        ObjectNode node = Json.mapper().valueToTree(pruning);
        node.put(DRY_RUN, dryRun);
        JsonAnswer.send(context, 200, node);
    }

    private void rollback(Context context) throws Refused {
        doorkeeper.admitOperator(context);
        DeploymentPlan.Move move = deployments.rollback(context.pathParam("job"), context.queryParam("to"));
        JsonAnswer.send(context, 200, Json.mapper().valueToTree(move));
    }

    private void pause(Context context) throws Refused {
        doorkeeper.admitOperator(context);
        changed(context, deployments.pause(context.pathParam("job"), "the operator"));
    }

    private void resume(Context context) throws Refused {
        doorkeeper.admitOperator(context);
        changed(context, deployments.resume(context.pathParam("job")));
    }

    private void changed(Context context, Deployments.PausedVersion version) {
        dispatch.pausesChanged();
        JsonAnswer.send(context, 200, Json.mapper().valueToTree(version));
    }

    private static boolean flag(Context context, String name) throws Refused {
        String given = Optional.ofNullable(context.queryParam(name)).orElse("false");
        if (!given.equals("true") && !given.equals("false")) {
            throw new Refused(Refused.Why.INVALID, name + " must be true or false, not '" + given + "'");
        }
        return given.equals("true");
    }
}
