package io.jenkins.plugins.promise.jenkins.web;

import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.security.Permission;
import hudson.security.PermissionGroup;
import hudson.security.PermissionScope;
import io.jenkins.plugins.promise.jenkins.Messages;
import java.util.List;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** The permissions of promise jobs beside those that every job has. */
public final class PromisePermissions {
    /** Where administrators find them. */
    public static final PermissionGroup GROUP =
            new PermissionGroup(PromisePermissions.class, Messages._PromisePermissions_Group());

    /** Deploying suites, rolling back and pruning. */
    public static final Permission DEPLOY = new Permission(
            GROUP, "Deploy", Messages._PromisePermissions_Deploy(), Jenkins.ADMINISTER, PermissionScope.JENKINS);

    /** Changing what is in environments: candidates, tests, releases, freezing. */
    public static final Permission RELEASE = new Permission(
            GROUP, "Release", Messages._PromisePermissions_Release(), Jenkins.ADMINISTER, PermissionScope.JENKINS);

    /** Letting a manifest come to an environment that asks a person. */
    public static final Permission APPROVE = new Permission(
            GROUP, "Approve", Messages._PromisePermissions_Approve(), Jenkins.ADMINISTER, PermissionScope.JENKINS);

    private PromisePermissions() {}

    /** Makes Jenkins know them before the first configuration that names them is read. */
    @Initializer(before = InitMilestone.SYSTEM_CONFIG_LOADED)
    @Restricted(NoExternalUse.class)
    public static void register() {
        List.of(DEPLOY, RELEASE, APPROVE).forEach(Permission::getId);
    }
}
