package io.jenkins.plugins.promise.jenkins.job;

import hudson.model.Item;
import hudson.model.Job;
import hudson.security.ACL;
import hudson.security.Permission;
import io.jenkins.plugins.promise.jenkins.JenkinsController;
import java.util.Set;
import org.springframework.security.core.Authentication;

/**
 * Lets nobody but the controller itself change, move, rename or delete the job of a deployed version, nor run it with another
 * script. One that the ledger
 * knows nothing of can be deleted by whoever could delete another job.
 */
final class ImmutableAcl extends ACL {
    /** By id: those to move and to replay belong to plugins. */
    private static final Set<String> REFUSED =
            Set.of(Item.CONFIGURE.getId(), Item.DELETE.getId(), "hudson.model.Item.Move", "hudson.model.Run.Replay");

    private final Job<?, ?> job;
    private final ACL acl;

    ImmutableAcl(Job<?, ?> job, ACL acl) {
        this.job = job;
        this.acl = acl;
    }

    @Override
    public boolean hasPermission2(Authentication who, Permission permission) {
        if (ACL.SYSTEM2.equals(who)) {
            return true;
        }
        return (!refuses(permission) || (permission.equals(Item.DELETE) && unknown()))
                && acl.hasPermission2(who, permission);
    }

    /** Whether nobody has that permission on the job of a deployed version, whatever else they may. */
    static boolean refuses(Permission permission) {
        return REFUSED.contains(permission.getId());
    }

    private boolean unknown() {
        return JenkinsController.get().started()
                && JenkinsController.get().versions().unknown(job.getName());
    }
}
