package io.jenkins.plugins.promise.jenkins.web;

import hudson.model.Item;
import hudson.model.Job;
import hudson.security.ACL;
import hudson.security.Permission;
import io.jenkins.plugins.promise.acceptance.Promises;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.deployment.bundle.Deployed;
import io.jenkins.plugins.promise.jenkins.JenkinsController;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.ledger.promise.Submitter;
import java.util.Locale;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.StaplerRequest2;

/** Decides who may do what: a job's token for what concerns that job, or the permissions of whoever is logged in. */
final class Access {
    private static final String BEARER = "bearer ";

    private final JenkinsController controller;

    Access(JenkinsController controller) {
        this.controller = controller;
    }

    /** The token that came with a request; null if none did. */
    static String token(StaplerRequest2 request) {
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
     * @throws Refused as unknown if not even its being there may be seen
     */
    Deployed job(String name, StaplerRequest2 request, Permission permission) throws Refused {
        String token = token(request);
        if (token == null && anonymous() && controller.catalog().resolve(name).isEmpty()) {
            throw unauthorized();
        }
        Deployed job = controller.promises().job(name);
        admit(job, token, permission);
        return job;
    }

    /** The job of that name, if it may be submitted. */
    Deployed submitted(String name, StaplerRequest2 request) throws Refused {
        Deployed job = job(name, request, Item.BUILD);
        if (controller
                .catalog()
                .item(job.version())
                .filter(j -> !j.isBuildable())
                .isPresent()) {
            throw new Refused(Refused.Why.CONFLICT, "the job " + name + " is disabled");
        }
        return job;
    }

    /** The promise of that id, if it may be seen, or handled with that permission, by whoever asks. */
    Promise promise(String id, StaplerRequest2 request, Permission permission) throws Refused {
        Promises promises = controller.promises();
        if (token(request) == null
                && anonymous()
                && controller.ledger().find(id).isEmpty()) {
            throw unauthorized();
        }
        Promise promise = promises.find(id);
        Promise outermost = promise;
        while (outermost.parent() != null) {
            Optional<Promise> parent =
                    controller.ledger().find(outermost.parent().promise());
            if (parent.isEmpty()) {
                break;
            }
            outermost = parent.get();
        }
        Optional<Deployed> job = controller.catalog().resolve(outermost.version());
        if (job.isPresent()) {
            admit(job.get(), token(request), permission);
        } else if (!Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
            throw anonymous() ? unauthorized() : unknown(id);
        }
        return promise;
    }

    private void admit(Deployed job, String token, Permission permission) throws Refused {
        if (token != null) {
            if (controller
                    .catalog()
                    .token(job.name())
                    .filter(t -> t.matches(token))
                    .isEmpty()) {
                throw new Refused(Refused.Why.FORBIDDEN, "the token is not that of the job " + job.name());
            }
            return;
        }
        Optional<Job<?, ?>> item = controller.catalog().item(job.version());
        if (item.isPresent() && item.get().hasPermission(permission)) {
            return;
        }
        if (anonymous()) {
            throw unauthorized();
        }
        if (item.isEmpty() || !item.get().hasPermission(Item.READ)) {
            throw unknown(job.name());
        }
        throw new Refused(
                Refused.Why.FORBIDDEN,
                Jenkins.getAuthentication2().getName() + " is missing the permission " + permission.group.title + "/"
                        + permission.name + " on " + job.name());
    }

    /** Whether whoever asks may see that promise; nothing is thrown. */
    boolean sees(Promise promise) {
        return controller
                .catalog()
                .item(promise.version())
                .map(j -> j.hasPermission(Item.READ))
                .orElseGet(() -> Jenkins.get().hasPermission(Jenkins.ADMINISTER));
    }

    /** Lets in whoever may deploy. */
    static void deploy() throws Refused {
        check(PromisePermissions.DEPLOY);
    }

    /** Lets in whoever has a permission on the controller. */
    static void check(Permission permission) throws Refused {
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

    private static boolean anonymous() {
        return ACL.isAnonymous2(Jenkins.getAuthentication2());
    }

    private static Refused unauthorized() {
        return new Refused(
                Refused.Why.UNAUTHORIZED,
                "a job's token is needed: Authorization: Bearer TOKEN, or the parameter token; or a user's API token");
    }

    private static Refused unknown(String what) {
        return new Refused(Refused.Why.UNKNOWN, "there is no '" + what.replaceAll("\\p{Cntrl}", "?") + "'");
    }
}
