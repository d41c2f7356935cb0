package io.jenkins.plugins.promise.farm.render.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.promise.farm.Farm;

/** Who may reach whom: the load balancer everybody, controllers the load balancer alone, agents nobody. */
final class Network {
    static final int PORT = 8080;
    private static final int HTTPS = 443;

    private final Farm farm;
    private final Resources resources;

    Network(Farm farm, Resources resources) {
        this.farm = farm;
        this.resources = resources;
    }

    void add() {
        allow(
                group("BalancerAccess", "The address of the farm " + farm.name()),
                HTTPS,
                "CidrIp",
                Cfn.ref("AccessFrom"));
        allow(
                group("ControllerAccess", "Controllers of the farm " + farm.name()),
                PORT,
                "SourceSecurityGroupId",
                Cfn.attribute("BalancerAccess", "GroupId"));
        group("WorkerAccess", "Agents of the farm " + farm.name() + ", which only call out");
        balancer();
        resources.output("Address", "What the address's name must point at.", Cfn.attribute("Balancer", "DNSName"));
    }

    private ObjectNode group(String name, String about) {
        ObjectNode group = resources.resource(name, "AWS::EC2::SecurityGroup").put("GroupDescription", about);
        group.set("VpcId", Cfn.ref("Vpc"));
        return group;
    }

    static void allow(ObjectNode group, int port, String from, JsonNode whom) {
        group.withArray("SecurityGroupIngress")
                .addObject()
                .put("IpProtocol", "tcp")
                .put("FromPort", port)
                .put("ToPort", port)
                .set(from, whom);
    }

    private void balancer() {
        ObjectNode balancer = resources.resource("Balancer", "AWS::ElasticLoadBalancingV2::LoadBalancer");
        balancer.put("Type", "application").put("Scheme", "internet-facing");
        balancer.set("Subnets", FarmTemplate.subnets(farm));
        balancer.putArray("SecurityGroups").add(Cfn.attribute("BalancerAccess", "GroupId"));
        // A log that is followed, and an agent's WebSocket, are silent for a while.
        balancer.putArray("LoadBalancerAttributes")
                .addObject()
                .put("Key", "idle_timeout.timeout_seconds")
                .put("Value", "300");
        ObjectNode targets = resources.resource("Controllers", "AWS::ElasticLoadBalancingV2::TargetGroup");
        targets.set("VpcId", Cfn.ref("Vpc"));
        targets.put("Protocol", "HTTP").put("Port", PORT).put("TargetType", "instance");
        // A Jenkins that is secured answers 403 when it is ready, 503 before.
        targets.put("HealthCheckPath", farm.jenkins() ? "/login" : "/promises/jobs")
                .put("HealthCheckIntervalSeconds", 10)
                .put("HealthyThresholdCount", 2);
        targets.putObject("Matcher").put("HttpCode", farm.jenkins() ? "200" : "200-499");
        if (farm.controllers().count() > 1) {
            targets.putArray("TargetGroupAttributes")
                    .add(Cfn.object().put("Key", "stickiness.enabled").put("Value", "true"))
                    .add(Cfn.object().put("Key", "stickiness.type").put("Value", "lb_cookie"));
        }
        ObjectNode listener = resources.resource("Listener", "AWS::ElasticLoadBalancingV2::Listener");
        listener.set("LoadBalancerArn", Cfn.ref("Balancer"));
        listener.put("Port", HTTPS).put("Protocol", "HTTPS").put("SslPolicy", "ELBSecurityPolicy-TLS13-1-2-2021-06");
        listener.putArray("Certificates").addObject().set("CertificateArn", Cfn.ref("Certificate"));
        listener.putArray("DefaultActions")
                .addObject()
                .put("Type", "forward")
                .set("TargetGroupArn", Cfn.ref("Controllers"));
    }
}
