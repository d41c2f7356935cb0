package io.jenkins.plugins.promise.jenkins.web;

import hudson.model.Item;
import hudson.model.Job;
import hudson.security.ACL;
import hudson.security.Permission;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.contract.SubmitToken;
import io.jenkins.plugins.promise.deployment.bundle.Deployed;
import io.jenkins.plugins.promise.jenkins.JenkinsController;
import io.jenkins.plugins.promise.jenkins.Messages;
import io.jenkins.plugins.promise.jenkins.job.JobTrouble;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.ledger.promise.PromisePage;
import io.jenkins.plugins.promise.ledger.promise.Submitter;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.StaplerRequest2;

/** Decides who may do what: a job's token for what concerns that job, or the permissions of whoever is logged in. */
public final class Access {
    private static final String BEARER = "bearer ";
    /** Of a job that is not there or has none, so that both take the same time to be asked. */
    private static final SubmitToken NOBODYS = SubmitToken.of(UUID.randomUUID().toString());

    private final JenkinsController controller;

    /** What may be done on a controller. */
    public Access(JenkinsController controller) {
        this.controller = controller;
    }

    /** The token that came with a request; null if none did. */
    public static String token(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        if (header != null && header.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            return header.substring(BEARER.length()).trim();
        }
        String parameter = request.getParameter("token");
        return parameter == null || parameter.isEmpty() ? null : parameter;
    }

    /** Who it is that a request comes from, as far as that can be known. */
    static Submitter submitter(StaplerRequest2 request) {
        return token(request) == null
                ? Submitter.user(Jenkins.getAuthentication2().getName())
                : Submitter.token(request.getRemoteAddr());
    }

    /**
     * The job of that name, for whoever has that permission on it or its token.
     *
     * @throws Refused the same, whether or not there is one, if not even its being there may be seen
     */
    Deployed job(String name, StaplerRequest2 request, Permission permission) throws Refused {
        return job(name, token(request), permission);
    }

    private Deployed job(String name, String token, Permission permission) throws Refused {
        Optional<Deployed> job = controller.catalog().resolve(name);
        boolean broken = job.isEmpty() && controller.catalog().broken(name).isPresent();
        if (!broken || token != null || !Jenkins.get().hasPermission(PromisePermissions.DEPLOY)) {
            admit(Refused.unknown("promise job", name, List.of()), job, token, permission);
        }
        return controller.promises().job(name);
    }

    /** The job of that name, if it may be submitted. */
    Deployed submitted(String name, StaplerRequest2 request) throws Refused {
        return submitted(name, token(request));
    }

    /**
     * The job of that name, if it may be submitted.
     *
     * @param token that of the job; null for the permissions of whoever asks
     */
    public Deployed submitted(String name, String token) throws Refused {
        Deployed job = job(name, token, Item.BUILD);
        Optional<Job<?, ?>> item = controller.catalog().item(job.version());
        if (item.filter(j -> !j.isBuildable()).isPresent()) {
            throw new Refused(Refused.Why.CONFLICT, "the job " + name + " is disabled");
        }
        Optional<String> trouble = item.flatMap(JobTrouble::of);
        if (trouble.isPresent()) {
            throw new Refused(Refused.Why.CONFLICT, trouble.get());
        }
        if (Jenkins.get().isQuietingDown() || controller.stopping()) {
            throw Refused.shuttingDown();
        }
        return job;
    }

    /** The promise of that id, if it may be seen, or handled with that permission, by whoever asks. */
    Promise promise(String id, StaplerRequest2 request, Permission permission) throws Refused {
        return promise(id, token(request), permission);
    }

    /**
     * The promise of that id, if it may be seen, or handled with that permission, by whoever asks.
     *
     * @param token that of its job; null for the permissions of whoever asks
     */
    public Promise promise(String id, String token, Permission permission) throws Refused {
        Optional<Promise> promise = controller.ledger().find(id);
        Optional<Deployed> job =
                promise.map(this::outermost).flatMap(p -> controller.catalog().resolve(p.version()));
        boolean gone = promise.isPresent() && job.isEmpty();
        if (!gone || token != null || !Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
            admit(Refused.unknown("promise", id, List.of()), job, token, permission);
        }
        return controller.promises().find(id);
    }

    private Promise outermost(Promise promise) {
        Promise outermost = promise;
        while (outermost.parent() != null) {
            Optional<Promise> parent =
                    controller.ledger().find(outermost.parent().promise());
            if (parent.isEmpty()) {
                break;
            }
            outermost = parent.get();
        }
        return outermost;
    }

    /** Lets in who has the token of a job, or where none is given, who has the permission on it. */
    private void admit(Refused unknown, Optional<Deployed> job, String token, Permission permission) throws Refused {
        if (token != null) {
            if (!job.flatMap(j -> controller.catalog().token(j.name()))
                    .orElse(NOBODYS)
                    .matches(token)) {
                throw new Refused(Refused.Why.FORBIDDEN, "the token does not open this");
            }
            return;
        }
        Optional<Job<?, ?>> item = job.flatMap(j -> controller.catalog().item(j.version()));
        if (item.filter(i -> i.hasPermission(permission)).isPresent()) {
            return;
        }
        if (anonymous()) {
            throw unauthorized();
        }
        if (item.filter(i -> i.hasPermission(Item.READ)).isEmpty()) {
            throw unknown;
        }
        throw new Refused(
                Refused.Why.FORBIDDEN,
                Jenkins.getAuthentication2().getName() + " is missing the permission " + permission.group.title + "/"
                        + permission.name + " on " + item.get().getFullName());
    }

    /** Whether whoever asks may see that promise; nothing is thrown. */
    public boolean sees(Promise promise) {
        return controller
                .catalog()
                .item(promise.version())
                .map(j -> j.hasPermission(Item.READ))
                .orElseGet(() -> Jenkins.get().hasPermission(Jenkins.ADMINISTER));
    }

    /** The promises of a page that whoever asks may see. */
    public PromisePage seen(PromisePage page) {
        return new PromisePage(page.promises().stream().filter(this::sees).toList(), page.next());
    }

    /**
     * The controller, where promises are built.
     *
     * @throws Refused if they are not just now
     */
    public static JenkinsController open() throws Refused {
        JenkinsController controller = JenkinsController.get();
        if (!controller.dispatching()) {
            throw new Refused(Refused.Why.UNAVAILABLE, Messages.JenkinsController_NotOpen());
        }
        return controller;
    }

    /** Lets in whoever may deploy. */
    public static void deploy() throws Refused {
        check(PromisePermissions.DEPLOY);
    }

    /** Lets in whoever has a permission on the controller. */
    public static void check(Permission permission) throws Refused {
        if (!Jenkins.get().hasPermission(permission)) {
            if (anonymous()) {
                throw unauthorized();
            }
            throw new Refused(
                    Refused.Why.FORBIDDEN,
                    Jenkins.getAuthentication2().getName() + " is missing the permission " + permission.group.title
                            + "/" + permission.name);
        }
    }

    static boolean anonymous() {
        return ACL.isAnonymous2(Jenkins.getAuthentication2());
    }

    /** What is told to whoever brings neither a token nor a session. */
    static Refused unauthorized() {
        return new Refused(
                Refused.Why.UNAUTHORIZED,
                "a job's token is needed: Authorization: Bearer TOKEN, or the parameter token; or a user's API token");
    }
}
