package io.jenkins.plugins.promise.jenkins.web.environment;

import io.jenkins.plugins.promise.jenkins.web.PromisePermissions;
import jenkins.model.Jenkins;

/** What whoever looks at a page may do with environments: that is offered. */
public final class Allowed {
    /** Whether they may freeze, and let go on. */
    public boolean isRelease() {
        return Jenkins.get().hasPermission(PromisePermissions.RELEASE);
    }

    /** Whether they may approve. */
    public boolean isApprove() {
        return Jenkins.get().hasPermission(PromisePermissions.APPROVE);
    }
}
