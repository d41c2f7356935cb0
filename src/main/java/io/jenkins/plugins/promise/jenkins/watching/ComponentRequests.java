package io.jenkins.plugins.promise.jenkins.watching;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.model.Item;
import hudson.security.ACL;
import io.jenkins.plugins.promise.acceptance.view.Problem;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.jenkins.JenkinsController;
import io.jenkins.plugins.promise.jenkins.Messages;
import io.jenkins.plugins.promise.jenkins.config.WatchConfiguration;
import io.jenkins.plugins.promise.jenkins.web.Access;
import io.jenkins.plugins.promise.jenkins.web.Answer;
import io.jenkins.plugins.promise.jenkins.web.PromisePermissions;
import io.jenkins.plugins.promise.jenkins.web.PromisesRootAction;
import io.jenkins.plugins.promise.jenkins.web.RequestInputs;
import io.jenkins.plugins.promise.watching.DeclaredComponents;
import io.jenkins.plugins.promise.watching.PushReader;
import io.jenkins.plugins.promise.watching.WatchDesk;
import io.jenkins.plugins.promise.watching.component.WatchedComponent;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.StaplerRequest2;

/** What is asked for and told below the URL of components: pushes, what is watched, and what has passed. */
public final class ComponentRequests {
    private static final String PASSED = "/passed";

    private final StaplerRequest2 request;
    private final String path;

    /**
     * A request.
     *
     * @param path what follows the URL of components: nothing, {@code push}, or a component and what is told of it
     */
    public ComponentRequests(StaplerRequest2 request, String path) {
        this.request = request;
        this.path = path.replaceFirst("/$", "");
    }

    /**
     * Whether a push comes with what lets it in, whoever sends it: with a signature, or a secret. Nothing else of it counts
     * then, so that no session of a browser can be used by another page.
     */
    public static boolean signed(HttpServletRequest request) {
        return PushReader.format(request::getHeader) != PushReader.Format.PLAIN || Access.token(request) != null;
    }

    /** What is told to whoever tells of a push, and brings nothing. */
    public static Refused unauthorized() {
        return new Refused(Refused.Why.UNAUTHORIZED, Messages.ComponentRequests_Unauthorized());
    }

    /** Answers it, if whoever asks may. */
    public HttpResponse answer() throws IOException {
        return Answer.of(() -> switch (request.getMethod()) {
            case "GET", "HEAD" -> path.isEmpty() ? read() : HttpResponses.notFound();
            case "PUT" -> path.isEmpty() ? declare() : notFor();
            case "POST" -> told();
            default -> notFor();
        });
    }

    private HttpResponse notFor() {
        return Answer.of(Problem.of("Method not allowed", 405, request.getMethod() + " is not for this"));
    }

    private HttpResponse told() throws Refused {
        if (path.equals("push")) {
            return push();
        }
        return path.endsWith(PASSED) ? passed(path.substring(0, path.length() - PASSED.length())) : notFor();
    }

    private HttpResponse read() throws Refused {
        Access.check(Jenkins.READ);
        JenkinsController controller = Access.open();
        Predicate<String> seen = seen(controller);
        return PromisesRootAction.wantsPage(request)
                ? HttpResponses.forwardToView(
                        new ComponentsPage(controller.watching().desk(), seen), "index")
                : Answer.json(200, controller.watching().openDesk().known(seen));
    }

    /** Whether whoever asks may see a component: a job of it, or all that there is. */
    private static Predicate<String> seen(JenkinsController controller) {
        Map<String, DeclaredComponents.Declared> declared =
                controller.watching().declared().all();
        boolean all = Jenkins.get().hasPermission(Jenkins.ADMINISTER);
        return name -> all || sees(controller, Optional.ofNullable(declared.get(name)));
    }

    private static boolean sees(JenkinsController controller, Optional<DeclaredComponents.Declared> declared) {
        return declared.map(DeclaredComponents.Declared::component).map(WatchedComponent::tests).stream()
                .flatMap(jobs -> jobs.stream())
                .flatMap(job -> controller.catalog().resolve(job).stream())
                .flatMap(job -> controller.catalog().item(job.version()).stream())
                .anyMatch(item -> item.hasPermission(Item.READ));
    }

    private HttpResponse declare() throws Refused {
        Access.deploy();
        JenkinsController controller = Access.open();
        byte[] body = RequestInputs.body(request, "a declaration of components", DeclaredComponents.BODY_BYTES);
        controller
                .watching()
                .declared()
                .declare(
                        request.getParameter("suite"),
                        body,
                        "true".equals(request.getParameter("takeOver")),
                        WatchConfiguration.get().policy());
        Optional<WatchDesk> desk = controller.watching().desk();
        desk.ifPresent(WatchDesk::declared);
        ObjectNode told = Json.mapper().createObjectNode().put("watched", desk.isPresent());
        return Answer.json(200, told);
    }

    private HttpResponse push() throws Refused {
        PushReader reader = admitted();
        JenkinsController controller = Access.open();
        byte[] body = RequestInputs.body(request, "a push", PushReader.MOST_BYTES);
        WatchDesk.Answered answered = controller.watching().openDesk().push(reader, request::getHeader, body);
        return Answer.json(answered.status(), answered.body());
    }

    /** Who sends a plain push has the secret of pushes, or may deploy; nobody else learns what is watched. */
    private PushReader admitted() throws Refused {
        PushReader reader = WatchConfiguration.get().pushes();
        if (PushReader.format(request::getHeader) == PushReader.Format.PLAIN) {
            String token = Access.token(request);
            if (token == null) {
                mayDeploy();
            } else if (!reader.secret(token)) {
                throw new Refused(Refused.Why.FORBIDDEN, Messages.ComponentRequests_Secret());
            }
        }
        reader.admit(request::getHeader);
        return reader;
    }

    private static void mayDeploy() throws Refused {
        boolean may = Jenkins.get().hasPermission(PromisePermissions.DEPLOY);
        if (!may && ACL.isAnonymous2(Jenkins.getAuthentication2())) {
            throw unauthorized();
        }
        Access.deploy();
    }

    private HttpResponse passed(String component) throws Refused {
        Access.deploy();
        JenkinsController controller = Access.open();
        WatchDesk desk = controller.watching().openDesk();
        desk.passed(component, request.getParameter("commit"));
        return Answer.json(200, desk.known(seen(controller)));
    }
}
