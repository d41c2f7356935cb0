package io.jenkins.plugins.promise.jenkins.suite;

import hudson.model.Failure;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.deployment.Pruning;
import io.jenkins.plugins.promise.jenkins.JenkinsController;
import io.jenkins.plugins.promise.jenkins.Messages;
import io.jenkins.plugins.promise.jenkins.job.VersionsFolder;
import io.jenkins.plugins.promise.jenkins.web.PromisePermissions;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;

/** What is done on the page of a suite, by whoever may deploy; it leads back there. */
final class SuiteChanges {
    private final JenkinsController controller;
    private final VersionsFolder folder;

    SuiteChanges(JenkinsController controller, VersionsFolder folder) {
        this.controller = controller;
        this.folder = folder;
    }

    HttpResponse rollback(String name, String to) {
        return done(() -> {
            var unused = controller.deployments().rollback(name, to);
        });
    }

    HttpResponse pause(String version) {
        return done(() -> {
            var unused = controller
                    .deployments()
                    .pause(own(version), Jenkins.getAuthentication2().getName());
            controller.dispatch().pausesChanged();
        });
    }

    HttpResponse resume(String version) {
        return done(() -> {
            var unused = controller.deployments().resume(own(version));
            controller.dispatch().pausesChanged();
        });
    }

    HttpResponse prune(String olderThan) {
        return done(() -> {
            var unused = controller.deployments().prune(Pruning.age("olderThan", olderThan), false);
        });
    }

    private String own(String version) throws Refused {
        if (folder.held(version) == null) {
            throw new Refused(Refused.Why.UNKNOWN, Messages.SuiteChanges_NotHere(version));
        }
        return version;
    }

    private HttpResponse done(Change change) {
        Jenkins.get().checkPermission(PromisePermissions.DEPLOY);
        if (!controller.dispatching()) {
            throw new Failure(Messages.JenkinsController_NotOpen());
        }
        try {
            change.make();
        } catch (Refused e) {
            throw new Failure(e.getMessage());
        }
        return HttpResponses.redirectToDot();
    }

    /** What may be refused. */
    @FunctionalInterface
    private interface Change {
        void make() throws Refused;
    }
}
