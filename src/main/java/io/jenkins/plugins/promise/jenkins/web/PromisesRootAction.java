package io.jenkins.plugins.promise.jenkins.web;

import hudson.Extension;
import hudson.model.Item;
import hudson.model.UnprotectedRootAction;
import io.jenkins.plugins.promise.acceptance.submission.Accepted;
import io.jenkins.plugins.promise.acceptance.submission.Submission;
import io.jenkins.plugins.promise.acceptance.view.AttentionView;
import io.jenkins.plugins.promise.acceptance.view.ListRequest;
import io.jenkins.plugins.promise.acceptance.view.Problem;
import io.jenkins.plugins.promise.acceptance.view.PromiseView;
import io.jenkins.plugins.promise.contract.GivenInputs;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.deployment.bundle.Deployed;
import io.jenkins.plugins.promise.jenkins.JenkinsController;
import io.jenkins.plugins.promise.jenkins.Messages;
import io.jenkins.plugins.promise.jenkins.watching.ComponentRequests;
import io.jenkins.plugins.promise.jenkins.web.environment.EnvironmentRequests;
import io.jenkins.plugins.promise.jenkins.web.page.PromiseListPage;
import io.jenkins.plugins.promise.ledger.promise.PromiseQuery;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.GET;
import org.kohsuke.stapler.verb.POST;

/**
 * The page Promises, and the HTTP of the design below it. Jenkins lets everybody through to it, because a job's token must
 * suffice to submit; each route asks {@link Access} for itself.
 */
@Extension
public final class PromisesRootAction implements UnprotectedRootAction {
    /** Where it is, below the controller. */
    public static final String URL = "promises";

    @Override
    public String getIconFileName() {
        return Jenkins.get().hasPermission(Jenkins.READ) ? "symbol-checkmark-done-outline plugin-ionicons-api" : null;
    }

    @Override
    public String getDisplayName() {
        return Messages.PromisesRootAction_DisplayName();
    }

    @Override
    public String getUrlName() {
        return URL;
    }

    private static PromiseView view() {
        return new PromiseView(JenkinsLinks.promises());
    }

    /** The page for a browser; for others the promises, by state, as JSON. */
    @GET
    public HttpResponse doIndex(StaplerRequest2 request) throws IOException {
        return Answer.of(() -> {
            Access.check(Jenkins.READ);
            JenkinsController controller = Access.open();
            if (wantsPage(request)) {
                return HttpResponses.forwardToView(
                        new PromiseListPage(controller, PromiseListPage.asked(request, null), true), "index");
            }
            PromiseQuery query = new ListRequest(request::getParameter).query();
            return Answer.json(
                    200,
                    view().page(
                                    query,
                                    controller.ledger().lists().count(query),
                                    new Access(controller)
                                            .seen(controller.ledger().lists().page(query)),
                                    Jenkins.get().hasPermission(Jenkins.ADMINISTER)
                                            ? controller.ledger().lists().setAside()
                                            : List.of(),
                                    controller.dispatch()::waitsFor));
        });
    }

    /** What needs a person, as JSON; the page has it above its list. */
    @GET
    public HttpResponse doAttention(StaplerRequest2 request) throws IOException {
        return Answer.of(() -> {
            Access.check(Jenkins.READ);
            JenkinsController controller = Access.open();
            boolean all = Jenkins.get().hasPermission(Jenkins.ADMINISTER);
            return Answer.json(
                    200,
                    new AttentionView(controller.ledger(), controller.dispatch(), view())
                            .json(
                                    request.getParameter("job"),
                                    new Access(controller)::sees,
                                    all ? controller.ledger().lists().setAside() : List.of(),
                                    all ? controller.versions().broken() : List.of()));
        });
    }

    /** Whether whoever asks looks at a page, and is no program. */
    public static boolean wantsPage(HttpServletRequest request) {
        String accept = request.getHeader("Accept");
        return accept != null && accept.contains("text/html");
    }

    /** Submits the job that the rest of the path names. */
    @POST
    public HttpResponse doSubmit(StaplerRequest2 request) throws IOException {
        return Answer.of(() -> {
            JenkinsController controller = Access.open();
            String name = rest(request);
            Deployed job = new Access(controller).submitted(name, request);
            GivenInputs given =
                    new RequestInputs().read(request).without("token").without("Jenkins-Crumb");
            Accepted accepted = controller
                    .promises()
                    .submit(Submission.of(
                            job.version(), given, request.getHeader("Idempotency-Key"), Access.submitter(request)));
            Answer answer = Answer.accepted(
                    controller.promises().find(accepted.promise().id()));
            return accepted.repeated() ? answer.with("Idempotent-Replay", "true") : answer;
        });
    }

    /** Deploys a bundle. */
    @POST
    public HttpResponse doDeploy(StaplerRequest2 request) throws IOException {
        return Answer.of(() -> deployments().deploy(request));
    }

    /** Removes versions that nothing needs. */
    @POST
    public HttpResponse doPrune(StaplerRequest2 request) throws IOException {
        return Answer.of(() -> deployments().prune(request));
    }

    /** Lets the common name that the rest of the path names stand for an earlier version again. */
    @POST
    public HttpResponse doRollback(StaplerRequest2 request) throws IOException {
        return Answer.of(() -> deployments().rollback(rest(request), request.getParameter("to")));
    }

    /** Has nothing started of the version, or of the one that the common name stands for, that the rest of the path is. */
    @POST
    public HttpResponse doPause(StaplerRequest2 request) throws IOException {
        return Answer.of(() -> deployments().pause(rest(request)));
    }

    /** Has it started again. */
    @POST
    public HttpResponse doResume(StaplerRequest2 request) throws IOException {
        return Answer.of(() -> deployments().resume(rest(request)));
    }

    private static DeploymentRequests deployments() throws Refused {
        Access.deploy();
        return new DeploymentRequests(Access.open());
    }

    private static String rest(StaplerRequest2 request) {
        return request.getRestOfPath().replaceFirst("^/", "");
    }

    /** The files that pages are shown with. */
    @GET
    public HttpResponse doElements(StaplerRequest2 request) throws IOException {
        return new ElementFiles().answer(request, rest(request));
    }

    /** The jobs, as JSON: all of them, or the one that the rest of the path names. */
    @GET
    public HttpResponse doJobs(StaplerRequest2 request) throws IOException {
        return Answer.of(() -> {
            JenkinsController controller = Access.open();
            String name = rest(request);
            JobsView jobs = new JobsView(controller, view());
            return Answer.json(
                    200, name.isEmpty() ? jobs.all() : jobs.one(new Access(controller).job(name, request, Item.READ)));
        });
    }

    /** What is in environments, and what people say of it. */
    public HttpResponse doEnvironments(StaplerRequest2 request) throws IOException {
        return new EnvironmentRequests(request, rest(request)).answer();
    }

    /** What components are watched; pushes are told there. */
    public HttpResponse doComponents(StaplerRequest2 request) throws IOException {
        return new ComponentRequests(request, rest(request)).answer();
    }

    /** The job of the version, or of the full name, that the rest of the path is. */
    @GET
    public HttpResponse doVersions(StaplerRequest2 request) {
        String name = rest(request);
        return JenkinsController.get()
                .catalog()
                .item(name)
                .filter(j -> j.hasPermission(Item.READ))
                .map(j -> HttpResponses.redirectViaContextPath(j.getUrl()))
                .orElseGet(HttpResponses::notFound);
    }

    /**
     * What is below a promise's id: itself, its report, cancel, redeliver, again. Stapler would answer an object's own URL with a
     * redirection to the same with a slash, and a client that got a status URL need not follow one.
     */
    public HttpResponse doDynamic(StaplerRequest2 request) throws IOException {
        String[] path = rest(request).split("/", -1);
        PromiseRequests promise = new PromiseRequests(JenkinsController.get(), path[0]);
        return switch (route(path)) {
            case "" -> promise.told(request);
            case "report" -> promise.report(request);
            case "log" -> promise.log(request);
            case "queue" -> promise.queue(request);
            case "cancel" -> onlyPost(request, () -> promise.cancel(request));
            case "redeliver" -> onlyPost(request, () -> promise.redeliver(request));
            case "again" -> onlyPost(request, () -> promise.again(request));
            case "files" -> promise.files(request);
            default -> path.length > 2 && path[1].equals("files")
                    ? promise.file(request, rest(request).split("/", 3)[2])
                    : HttpResponses.notFound();
        };
    }

    /** What follows a promise's id: a word, and below the queue item also the way on which clients ask for its JSON. */
    private static String route(String... path) {
        String rest = String.join("/", List.of(path).subList(1, path.length)).replaceFirst("/$", "");
        return rest.equals("queue/api/json") ? "queue" : rest;
    }

    private static HttpResponse onlyPost(StaplerRequest2 request, Answer.Work work) throws IOException {
        if (!request.getMethod().equals("POST")) {
            return Answer.of(Problem.of("Method not allowed", 405, request.getMethod() + " is not for this; POST it"))
                    .with("Allow", "POST");
        }
        return Answer.of(work);
    }
}
