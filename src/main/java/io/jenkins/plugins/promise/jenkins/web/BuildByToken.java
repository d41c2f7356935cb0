package io.jenkins.plugins.promise.jenkins.web;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.RootAction;
import hudson.model.UnprotectedRootAction;
import io.jenkins.plugins.promise.acceptance.submission.Submission;
import io.jenkins.plugins.promise.acceptance.view.PromiseView;
import io.jenkins.plugins.promise.contract.GivenInputs;
import io.jenkins.plugins.promise.deployment.bundle.Deployed;
import io.jenkins.plugins.promise.jenkins.JenkinsController;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/**
 * {@code POST /buildByToken/buildWithParameters?job=…&token=…}, which the local controller answers too: promise jobs by
 * every name that they have, for whoever has their contract's token. All else there is for the plugin Build Token Root,
 * where it is.
 */
@Extension(ordinal = BuildByToken.BEFORE_OTHERS)
public final class BuildByToken implements UnprotectedRootAction, StaplerProxy {
    static final String URL = "buildByToken";
    /** Jenkins asks the first action of a URL alone. */
    static final double BEFORE_OTHERS = 100;

    private static final String JOB = "job";

    @Override
    public String getIconFileName() {
        return null;
    }

    @Override
    public String getDisplayName() {
        return null;
    }

    @Override
    public String getUrlName() {
        return URL;
    }

    @Override
    public Object getTarget() {
        return opened(Stapler.getCurrentRequest2()) ? this : other().orElse(this);
    }

    private Optional<RootAction> other() {
        return ExtensionList.lookup(RootAction.class).stream()
                .filter(action -> action != this && URL.equals(action.getUrlName()))
                .findFirst();
    }

    /** Whether the token that came with a request is that of the promise job that it names. */
    private static boolean opened(StaplerRequest2 request) {
        JenkinsController controller = JenkinsController.get();
        String token = Access.token(request);
        String name = request.getParameter(JOB);
        return controller.dispatching()
                && token != null
                && name != null
                && controller
                        .catalog()
                        .resolve(name)
                        .map(Deployed::name)
                        .flatMap(controller.catalog()::token)
                        .filter(own -> own.matches(token))
                        .isPresent();
    }

    /** Submits the job that the request names, without inputs. */
    @POST
    public HttpResponse doBuild(StaplerRequest2 request) throws IOException {
        return submitted(request);
    }

    /** Submits the job that the request names. */
    @POST
    public HttpResponse doBuildWithParameters(StaplerRequest2 request) throws IOException {
        return submitted(request);
    }

    private static HttpResponse submitted(StaplerRequest2 request) throws IOException {
        return Answer.of(() -> {
            JenkinsController controller = Access.open();
            Deployed job = new Access(controller).submitted(String.valueOf(request.getParameter(JOB)), request);
            GivenInputs given = new RequestInputs().read(request).withoutReserved();
            String id = controller
                    .promises()
                    .submit(Submission.of(job.version(), given, null, Access.submitter(request)))
                    .promise()
                    .id();
            Promise promise = controller.promises().find(id);
            return Answer.of(HttpServletResponse.SC_CREATED, "text/plain;charset=UTF-8", new byte[0])
                    .with("Location", String.valueOf(new PromiseView(JenkinsLinks.promises()).queueUrl(promise)));
        });
    }
}
