package io.jenkins.plugins.promise.farm.render.aws;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.promise.farm.Farm;
import io.jenkins.plugins.promise.farm.WorkerType;
import java.util.List;
import java.util.Map;

/** The agents of a type: a group over all zones, whose instances are drained before they go. */
final class WorkerResources {
    private static final int MOST = 10_000;
    /** Seconds that an agent may go on with what it runs; it is asked for more by nobody. */
    private static final int DRAIN = 7_200;

    private final Farm farm;
    private final WorkerType worker;
    private final Resources resources;

    WorkerResources(Farm farm, WorkerType worker, Resources resources) {
        this.farm = farm;
        this.worker = worker;
        this.resources = resources;
    }

    void add(String init) {
        String name = Cfn.name(worker.name()) + "Workers";
        resources.number(name + "Count", worker.count(), MOST, "How many agents of type " + worker.name() + ".");
        resources.number(
                name + "Max",
                worker.max(),
                MOST,
                "How many there may be; at most as many as the file says, for others find no node.");
        resources.parameter(name + "Size", "String", "Their instance type.").put("Default", worker.size());
        ArrayNode statements = new Roles(farm, resources).role(name, "agent-password");
        Roles.allow(
                statements,
                List.of("autoscaling:CompleteLifecycleAction"),
                Cfn.sub("arn:${AWS::Partition}:autoscaling:${AWS::Region}:${AWS::AccountId}:autoScalingGroup:*"
                        + ":autoScalingGroupName/" + farm.name() + "-" + worker.name()));
        new Launch(farm, resources)
                .template(
                        name + "Launch",
                        name + "Profile",
                        "WorkerAccess",
                        name + "Size",
                        worker.disk(),
                        init,
                        Map.of("promise-group", Cfn.object().textNode(farm.name() + "-" + worker.name())));
        ObjectNode group = resources.resource(name, "AWS::AutoScaling::AutoScalingGroup");
        group.put("AutoScalingGroupName", farm.name() + "-" + worker.name());
        group.put("MinSize", "0");
        group.set("MaxSize", Cfn.ref(name + "Max"));
        group.set("DesiredCapacity", Cfn.ref(name + "Count"));
        group.set("VPCZoneIdentifier", FarmTemplate.subnets(farm));
        group.set("LaunchTemplate", Launch.use(name + "Launch"));
        resources.updates(name).putObject("AutoScalingRollingUpdate").put("MinInstancesInService", 0);
        ObjectNode drain = resources.resource(name + "Drain", "AWS::AutoScaling::LifecycleHook");
        drain.set("AutoScalingGroupName", Cfn.ref(name));
        drain.put("LifecycleHookName", "drain")
                .put("LifecycleTransition", "autoscaling:EC2_INSTANCE_TERMINATING")
                .put("HeartbeatTimeout", DRAIN)
                .put("DefaultResult", "CONTINUE");
    }
}
