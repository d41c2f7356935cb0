package io.jenkins.plugins.promise.jenkins.web.environment;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.security.Permission;
import io.jenkins.plugins.promise.acceptance.environment.EnvironmentDesk;
import io.jenkins.plugins.promise.acceptance.view.Problem;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.environment.ReleaseJob;
import io.jenkins.plugins.promise.environment.view.EnvironmentCards;
import io.jenkins.plugins.promise.jenkins.JenkinsController;
import io.jenkins.plugins.promise.jenkins.web.Access;
import io.jenkins.plugins.promise.jenkins.web.Answer;
import io.jenkins.plugins.promise.jenkins.web.PromisePermissions;
import io.jenkins.plugins.promise.jenkins.web.PromisesRootAction;
import io.jenkins.plugins.promise.jenkins.web.RequestInputs;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.ledger.promise.Submitter;
import java.io.IOException;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.StaplerRequest2;

/** What is asked for below the URL of environments: what is there, what was there, and what people say of it. */
public final class EnvironmentRequests {
    private static final String URL = PromisesRootAction.URL + "/environments";

    private final StaplerRequest2 request;
    private final String name;
    private final String what;
    private final String rest;

    /**
     * A request.
     *
     * @param path what follows the URL of environments: nothing, or a name and perhaps what is asked of it
     */
    public EnvironmentRequests(StaplerRequest2 request, String path) {
        this.request = request;
        String[] parts = path.split("/", 3);
        this.name = parts[0];
        this.what = parts.length < 2 ? "" : parts[1];
        this.rest = parts.length < 3 ? "" : parts[2];
    }

    /** Answers it, if whoever asks may. */
    public HttpResponse answer() throws IOException {
        return Answer.of(() -> switch (request.getMethod()) {
            case "GET", "HEAD" -> read();
            case "PUT" -> name.isEmpty() ? declare() : notFor();
            case "POST" -> said();
            default -> notFor();
        });
    }

    private HttpResponse notFor() {
        return Answer.of(Problem.of("Method not allowed", 405, request.getMethod() + " is not for this"));
    }

    private EnvironmentDesk desk(Permission needed) throws Refused {
        Access.check(needed);
        JenkinsController controller = Access.open();
        return new EnvironmentDesk(controller.book(), controller.promises());
    }

    private HttpResponse read() throws Refused {
        EnvironmentDesk desk = desk(Jenkins.READ);
        boolean page = PromisesRootAction.wantsPage(request);
        if (name.isEmpty()) {
            return page ? shown(new EnvironmentsPage(cards().grid())) : Answer.json(200, desk.all());
        }
        return switch (what) {
            case "" -> page ? shown(new EnvironmentPage(cards().history(name))) : Answer.json(200, desk.status(name));
            case "history" -> Answer.json(200, desk.history(name));
            case "diff" -> Answer.json(200, desk.difference(name, rest));
            case "candidates" -> Answer.json(200, desk.candidates(name));
            default -> HttpResponses.notFound();
        };
    }

    private static EnvironmentCards cards() {
        return new EnvironmentCards(JenkinsController.get().book());
    }

    private static HttpResponse shown(Object page) {
        return HttpResponses.forwardToView(page, "index");
    }

    private HttpResponse declare() throws Refused {
        return Answer.json(200, desk(PromisePermissions.DEPLOY).declare(body("a declaration of environments")));
    }

    private byte[] body(String what) throws Refused {
        return RequestInputs.body(request, what, EnvironmentDesk.BODY_BYTES);
    }

    private HttpResponse said() throws Refused {
        String who = Jenkins.getAuthentication2().getName();
        return switch (what) {
            case "candidates" -> Answer.json(
                    200, desk(PromisePermissions.RELEASE).candidate(name, body("a candidate")));
            case "rollback" -> rollback();
            case "freeze" -> done(desk(PromisePermissions.RELEASE).freeze(name, who, request.getParameter("why")));
            case "unfreeze" -> done(desk(PromisePermissions.RELEASE).unfreeze(name, who));
            case "approve" -> done(
                    desk(PromisePermissions.APPROVE).approve(name, request.getParameter("manifest"), who));
            default -> notFor();
        };
    }

    /** Whoever rolls back needs the right to build the job that does it, too. */
    private HttpResponse rollback() throws Refused {
        EnvironmentDesk desk = desk(PromisePermissions.RELEASE);
        JenkinsController controller = Access.open();
        var unused = new Access(controller).submitted(ReleaseJob.name(name), (String) null);
        Submitter submitter = Submitter.user(Jenkins.getAuthentication2().getName());
        Promise accepted =
                desk.rollback(name, request.getParameter("manifest"), body("the inputs of a release"), submitter);
        return Answer.accepted(controller.promises().find(accepted.id()));
    }

    private HttpResponse done(JsonNode told) {
        return PromisesRootAction.wantsPage(request)
                ? HttpResponses.redirectViaContextPath(URL)
                : Answer.json(200, told);
    }
}
