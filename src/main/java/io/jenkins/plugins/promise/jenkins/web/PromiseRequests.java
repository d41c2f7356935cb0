package io.jenkins.plugins.promise.jenkins.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.model.Item;
import hudson.model.Run;
import hudson.security.Permission;
import io.jenkins.plugins.promise.acceptance.view.PromiseView;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.jenkins.JenkinsController;
import io.jenkins.plugins.promise.jenkins.Messages;
import io.jenkins.plugins.promise.jenkins.files.ProducedArtifacts;
import io.jenkins.plugins.promise.jenkins.web.page.PromiseDetailsPage;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.report.files.ProducedFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.StaplerRequest2;

/** What is asked for below the URL of one promise: itself, its report, and what may be done with it. */
final class PromiseRequests {
    private static final String NO_FILES = "no files are kept here of this promise: it produced none, its build was"
            + " discarded, or it ran on another controller";

    private final JenkinsController controller;
    private final String id;

    PromiseRequests(JenkinsController controller, String id) {
        this.controller = controller;
        this.id = id;
    }

    private static PromiseView view() {
        return new PromiseView(JenkinsLinks.promises());
    }

    private ObjectNode told(Promise promise) {
        return view().promise(
                        promise,
                        controller.dispatch().waitsFor(promise),
                        controller.ledger().lists().children(promise.id()));
    }

    private Promise admitted(StaplerRequest2 request, Permission permission) throws Refused {
        if (!controller.dispatching()) {
            throw new Refused(Refused.Why.UNAVAILABLE, Messages.JenkinsController_NotOpen());
        }
        return new Access(controller).promise(id, request, permission);
    }

    /** The page for a browser, JSON for others. */
    HttpResponse told(StaplerRequest2 request) throws IOException {
        return Answer.of(() -> {
            Promise promise = admitted(request, Item.READ);
            if (PromisesRootAction.wantsPage(request) && Jenkins.get().hasPermission(Jenkins.READ)) {
                return HttpResponses.forwardToView(new PromiseDetailsPage(controller, promise), "page");
            }
            ObjectNode node = told(promise);
            ObjectNode links = (ObjectNode) node.get("links");
            controller
                    .builds()
                    .run(promise)
                    .ifPresent(run -> links.put("build", JenkinsLinks.base() + "/" + run.getUrl()));
            return Answer.json(200, node);
        });
    }

    /** The report that settled it. */
    HttpResponse report(StaplerRequest2 request) throws IOException {
        return Answer.of(() -> {
            Promise promise = admitted(request, Item.READ);
            Optional<byte[]> report =
                    promise.state().settled() ? controller.ledger().report(id) : Optional.empty();
            return Answer.json(
                    200,
                    report.orElseThrow(() -> new Refused(
                            Refused.Why.UNKNOWN, "the promise is not settled yet; it is " + promise.state())));
        });
    }

    /** The log of its build: what is kept of it or, while it runs, what there is. */
    HttpResponse log(StaplerRequest2 request) throws IOException {
        return Answer.of(() -> {
            Promise promise = admitted(request, Item.READ);
            Optional<Run<?, ?>> followed = request.getParameter("start") == null
                    ? Optional.empty()
                    : controller.builds().run(promise);
            if (followed.isPresent()) {
                return new FollowedLog(followed.get());
            }
            Optional<InputStream> kept = controller.logs().find(id);
            Optional<Run<?, ?>> run =
                    kept.isPresent() ? Optional.empty() : controller.builds().run(promise);
            if (kept.isEmpty() && run.isEmpty()) {
                throw new Refused(Refused.Why.UNKNOWN, "there is no log; the promise is " + promise.state());
            }
            return new LogAnswer(out -> {
                if (run.isPresent()) {
                    run.get().getLogText().writeLogTo(0, out);
                } else {
                    kept.orElseThrow().transferTo(out);
                }
            });
        });
    }

    /** What it has produced. */
    HttpResponse files(StaplerRequest2 request) throws IOException {
        return Answer.of(() -> {
            ObjectNode body = Json.mapper().createObjectNode();
            ArrayNode array = body.putArray("files");
            for (ProducedFile file : produced(artifacts(admitted(request, Item.READ)))) {
                array.addObject()
                        .put("name", file.name())
                        .put("bytes", file.bytes())
                        .put("sha256", file.sha256());
            }
            return Answer.json(200, body);
        });
    }

    /** One of the files that it has produced. */
    HttpResponse file(StaplerRequest2 request, String name) throws IOException {
        return Answer.of(() -> {
            ProducedArtifacts artifacts = artifacts(admitted(request, Item.READ));
            ProducedFile file = produced(artifacts).stream()
                    .filter(f -> f.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new Refused(Refused.Why.UNKNOWN, "it did not produce the file " + name));
            return new FileAnswer(artifacts.open(file));
        });
    }

    private ProducedArtifacts artifacts(Promise promise) throws Refused {
        if (!promise.state().settled()) {
            throw new Refused(Refused.Why.UNKNOWN, "the promise is not settled yet; it is " + promise.state());
        }
        return controller
                .builds()
                .run(promise)
                .map(ProducedArtifacts::new)
                .orElseThrow(() -> new Refused(Refused.Why.UNKNOWN, NO_FILES));
    }

    private static List<ProducedFile> produced(ProducedArtifacts artifacts) throws Refused, IOException {
        return artifacts.files().orElseThrow(() -> new Refused(Refused.Why.UNKNOWN, NO_FILES));
    }

    /** Whether it still waits, as a Jenkins queue item tells it. */
    HttpResponse queue(StaplerRequest2 request) throws IOException {
        return Answer.of(() -> {
            Promise promise = admitted(request, Item.READ);
            ObjectNode item = view().queueItem(promise, controller.dispatch().waitsFor(promise));
            controller.builds().run(promise).ifPresent(run -> item.putObject("executable")
                    .put("number", run.getNumber())
                    .put("url", JenkinsLinks.base() + "/" + run.getUrl()));
            return Answer.json(200, item);
        });
    }

    /** Cancels it. */
    HttpResponse cancel(StaplerRequest2 request) throws IOException {
        return Answer.of(() -> {
            admitted(request, Item.CANCEL);
            controller.promises().cancel(id, Jenkins.getAuthentication2().getName());
            return done(request, 200, told(controller.promises().find(id)));
        });
    }

    /** Sends its reports again. */
    HttpResponse redeliver(StaplerRequest2 request) throws IOException {
        return Answer.of(() -> {
            Promise promise = admitted(request, Item.BUILD);
            int count = controller.promises().redeliver(id);
            ObjectNode node = Json.mapper().createObjectNode();
            node.put("deliveries", count);
            node.put("status", view().url(promise));
            return done(request, 202, node);
        });
    }

    /** Submits its inputs once more, to the latest version of its job. */
    HttpResponse again(StaplerRequest2 request) throws IOException {
        return Answer.of(() -> {
            // It is the latest version that is built, which another right may be needed for.
            new Access(controller).submitted(admitted(request, Item.READ).job(), request);
            Promise other =
                    controller.promises().again(id, Access.submitter(request)).promise();
            if (PromisesRootAction.wantsPage(request)) {
                return HttpResponses.redirectViaContextPath(PromisesRootAction.URL + "/" + other.id());
            }
            return Answer.accepted(controller.promises().find(other.id()));
        });
    }

    private HttpResponse done(StaplerRequest2 request, int status, ObjectNode node) {
        return PromisesRootAction.wantsPage(request)
                ? HttpResponses.redirectViaContextPath(PromisesRootAction.URL + "/" + id)
                : Answer.json(status, node);
    }
}
