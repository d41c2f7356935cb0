package io.jenkins.plugins.promise.jenkins.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.deployment.DeployOptions;
import io.jenkins.plugins.promise.deployment.DeploymentPlan;
import io.jenkins.plugins.promise.deployment.Deployments;
import io.jenkins.plugins.promise.deployment.Pruning;
import io.jenkins.plugins.promise.jenkins.JenkinsController;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;

/** What whoever may deploy asks for. */
final class DeploymentRequests {
    private static final int BUNDLE_BYTES = 64 << 20;
    private static final String DRY_RUN = "dryRun";
    private static final String DEFAULT_AGE = "7d";

    private final JenkinsController controller;

    DeploymentRequests(JenkinsController controller) {
        this.controller = controller;
    }

    HttpResponse deploy(StaplerRequest2 request) throws Refused, IOException {
        DeployOptions options = new DeployOptions(flag(request, DRY_RUN), flag(request, "takeOver"));
        DeploymentPlan plan = controller.deployments().deploy(request.getInputStream(), BUNDLE_BYTES, options);
        ObjectNode node = Json.mapper().valueToTree(plan);
        node.put(DRY_RUN, options.dryRun());
        return Answer.json(200, node);
    }

    HttpResponse prune(StaplerRequest2 request) throws Refused {
        String given = Optional.ofNullable(request.getParameter("olderThan")).orElse(DEFAULT_AGE);
        Duration olderThan = Pruning.age("olderThan", given);
        boolean dryRun = flag(request, DRY_RUN);
        Pruning pruning = controller.deployments().prune(olderThan, dryRun);
        ObjectNode node = Json.mapper().valueToTree(pruning);
        node.put(DRY_RUN, dryRun);
        return Answer.json(200, node);
    }

    HttpResponse rollback(String name, String to) throws Refused {
        return Answer.json(
                200, Json.mapper().valueToTree(controller.deployments().rollback(name, to)));
    }

    HttpResponse pause(String name) throws Refused {
        return changed(controller
                .deployments()
                .pause(name, Jenkins.getAuthentication2().getName()));
    }

    HttpResponse resume(String name) throws Refused {
        return changed(controller.deployments().resume(name));
    }

    private HttpResponse changed(Deployments.PausedVersion version) {
        controller.dispatch().pausesChanged();
        return Answer.json(200, Json.mapper().valueToTree(version));
    }

    private static boolean flag(StaplerRequest2 request, String name) throws Refused {
        String given = Optional.ofNullable(request.getParameter(name)).orElse("false");
        if (!given.equals("true") && !given.equals("false")) {
            throw new Refused(Refused.Why.INVALID, name + " must be true or false, not '" + given + "'");
        }
        return given.equals("true");
    }
}
