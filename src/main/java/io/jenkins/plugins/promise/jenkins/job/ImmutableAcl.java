package io.jenkins.plugins.promise.jenkins.job;

import hudson.model.Item;
import hudson.security.ACL;
import hudson.security.Permission;
import java.util.Set;
import org.springframework.security.core.Authentication;

/** Lets nobody but the controller itself change, rename or delete a job. */
final class ImmutableAcl extends ACL {
    private static final Set<Permission> REFUSED = Set.of(Item.CONFIGURE, Item.DELETE);

    private final ACL acl;

    ImmutableAcl(ACL acl) {
        this.acl = acl;
    }

    @Override
    public boolean hasPermission2(Authentication who, Permission permission) {
        if (ACL.SYSTEM2.equals(who)) {
            return true;
        }
        return !REFUSED.contains(permission) && acl.hasPermission2(who, permission);
    }
}
