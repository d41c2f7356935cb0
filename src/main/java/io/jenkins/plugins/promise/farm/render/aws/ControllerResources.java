package io.jenkins.plugins.promise.farm.render.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.promise.farm.Farm;
import io.jenkins.plugins.promise.farm.FarmLedger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Each controller: a volume for its home, and a group of one instance in the volume's zone that comes back by itself. */
final class ControllerResources {
    /** GiB. */
    private static final int SYSTEM_DISK = 20;

    private final Farm farm;
    private final Resources resources;

    ControllerResources(Farm farm, Resources resources) {
        this.farm = farm;
        this.resources = resources;
    }

    void add(String init) {
        ArrayNode statements = new Roles(farm, resources).role("Controller", "*");
        for (int number = 1; number <= farm.controllers().count(); number++) {
            controller(number, init, statements);
        }
        Roles.allow(
                        statements,
                        List.of("ec2:AttachVolume"),
                        Cfn.sub("arn:${AWS::Partition}:ec2:${AWS::Region}:${AWS::AccountId}:instance/*"))
                .putObject("Condition")
                .putObject("StringEquals")
                .set("aws:ResourceTag/promise-stack", Cfn.ref("AWS::StackName"));
        // Which knows no resources.
        Roles.allow(statements, List.of("ec2:DescribeVolumes"), Cfn.object());
        ((ObjectNode) statements.get(statements.size() - 1)).put("Resource", "*");
        if (farm.controllers().ledger().kind() == FarmLedger.Kind.RDS) {
            Roles.allow(
                    statements,
                    List.of("secretsmanager:GetSecretValue"),
                    Cfn.attribute("Ledger", "MasterUserSecret.SecretArn"));
        }
    }

    private void controller(int number, String init, ArrayNode statements) {
        String name = "Controller" + number;
        String zone = farm.zones().get((number - 1) % farm.zones().size());
        ObjectNode home = resources.resource(name + "Home", "AWS::EC2::Volume");
        home.put("AvailabilityZone", zone).put("VolumeType", "gp3").put("Encrypted", true);
        home.set("Size", Cfn.ref("ControllerDisk"));
        home.putArray("Tags").add(Cfn.tag("Name", farm.name() + "-controller-" + number + "-home"));
        resources.keep(name + "Home", "Snapshot");
        Roles.allow(
                statements,
                List.of("ec2:AttachVolume"),
                Cfn.sub("arn:${AWS::Partition}:ec2:${AWS::Region}:${AWS::AccountId}:volume/${" + name + "Home}"));
        Map<String, JsonNode> tags = new LinkedHashMap<>();
        tags.put("promise-stack", Cfn.ref("AWS::StackName"));
        tags.put("promise-home", Cfn.ref(name + "Home"));
        if (farm.controllers().ledger().kind() == FarmLedger.Kind.RDS) {
            tags.put("promise-ledger", Cfn.sub("postgresql://promise@${Ledger.Endpoint.Address}/promise"));
            tags.put("promise-ledger-secret", Cfn.attribute("Ledger", "MasterUserSecret.SecretArn"));
        }
        new Launch(farm, resources)
                .template(
                        name + "Launch",
                        "ControllerProfile",
                        "ControllerAccess",
                        "ControllerSize",
                        SYSTEM_DISK,
                        init,
                        tags);
        ObjectNode group = resources.resource(name, "AWS::AutoScaling::AutoScalingGroup");
        group.put("MinSize", "0").put("MaxSize", "1").put("DesiredCapacity", "1");
        group.putArray("VPCZoneIdentifier").add(Cfn.ref("Subnet" + Cfn.name(zone)));
        group.set("LaunchTemplate", Launch.use(name + "Launch"));
        group.putArray("TargetGroupARNs").add(Cfn.ref("Controllers"));
        // A Jenkins takes minutes to its first answer.
        group.put("HealthCheckType", "ELB").put("HealthCheckGracePeriod", 900);
        resources.after(name, "Listener");
        // The volume is of one instance at a time: the old one goes first.
        resources
                .updates(name)
                .putObject("AutoScalingRollingUpdate")
                .put("MinInstancesInService", 0)
                .put("MaxBatchSize", 1);
    }
}
