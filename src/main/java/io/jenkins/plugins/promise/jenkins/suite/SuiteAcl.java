package io.jenkins.plugins.promise.jenkins.suite;

import hudson.model.Item;
import hudson.security.ACL;
import hudson.security.Permission;
import java.util.Set;
import org.springframework.security.core.Authentication;

/** Lets nobody but the controller itself put something into the folder of a suite, move it or delete it. */
final class SuiteAcl extends ACL {
    /** By id: that to move belongs to a plugin. */
    private static final Set<String> REFUSED =
            Set.of(Item.CREATE.getId(), Item.DELETE.getId(), "hudson.model.Item.Move");

    private final ACL acl;

    SuiteAcl(ACL acl) {
        this.acl = acl;
    }

    @Override
    public boolean hasPermission2(Authentication who, Permission permission) {
        return ACL.SYSTEM2.equals(who)
                || (!REFUSED.contains(permission.getId()) && acl.hasPermission2(who, permission));
    }
}
