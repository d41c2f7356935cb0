package io.jenkins.plugins.promise.jenkins.suite;

import hudson.model.Item;
import hudson.model.TopLevelItem;
import io.jenkins.plugins.promise.contract.JobKind;
import io.jenkins.plugins.promise.deployment.bundle.Deployed;
import io.jenkins.plugins.promise.jenkins.JenkinsController;
import java.io.IOException;
import java.nio.file.Files;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;

/** The script of a version, for whoever could read the configuration of its job. */
final class VersionScript {
    private final JenkinsController controller;
    private final TopLevelItem job;

    /**
     * The script of that job.
     *
     * @param job null if there is none
     */
    VersionScript(JenkinsController controller, TopLevelItem job) {
        this.controller = controller;
        this.job = job;
    }

    HttpResponse answer() throws IOException {
        if (job == null || !job.hasPermission(Item.READ)) {
            return HttpResponses.notFound();
        }
        job.checkPermission(Item.EXTENDED_READ);
        Deployed deployed = controller.versions().deployed(job.getName());
        return HttpResponses.text(
                deployed.kind() == JobKind.ORCHESTRATION
                        ? controller.versions().source(deployed).text()
                        : Files.readString(controller.versions().files(deployed).resolve(deployed.script())));
    }
}
