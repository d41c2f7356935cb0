package io.jenkins.plugins.promise.farm.render.aws;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.promise.farm.Farm;
import io.jenkins.plugins.promise.farm.FarmLedger;
import io.jenkins.plugins.promise.farm.WorkerType;

/**
 * The template of a farm: controllers with a volume each, behind one load balancer, and a group of instances for each
 * worker type, over all zones. Scale and sizes are parameters, with the file's values as defaults.
 */
public final class FarmTemplate {
    private static final String IMAGE = "AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>";
    private static final String AMAZON_LINUX = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64";

    private final Farm farm;
    private final Resources resources;

    /** The template of a farm that spans zones; machines' first starts are still to be given. */
    public FarmTemplate(Farm farm) {
        this.farm = farm;
        this.resources = new Resources("The farm " + farm.name() + ", made from its file by promise farm render.");
        parameters();
        new Network(farm, resources).add();
        if (farm.controllers().ledger().kind() == FarmLedger.Kind.RDS) {
            new Database(farm, resources).add();
        }
    }

    private void parameters() {
        resources.parameter("Vpc", "AWS::EC2::VPC::Id", "The network.");
        for (String zone : farm.zones()) {
            resources.parameter(
                    "Subnet" + Cfn.name(zone), "AWS::EC2::Subnet::Id", "The subnet in " + zone + ", with a way out.");
        }
        resources.parameter("Certificate", "String", "The ARN of the address's certificate.");
        resources
                .parameter(
                        "Recipes",
                        "String",
                        "The bucket that has what was rendered, and promise.jar if controllers are local.")
                .put("AllowedPattern", "[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
        resources
                .parameter("RecipesPrefix", "String", "The folder in the bucket.")
                .put("Default", farm.name());
        resources
                .parameter("AccessFrom", "String", "Who may reach the address.")
                .put("Default", "0.0.0.0/0");
        resources
                .parameter("Image", IMAGE, "The machines' image, an Amazon Linux 2023.")
                .put("Default", AMAZON_LINUX);
        resources
                .parameter("ControllerSize", "String", "The controllers' instance type.")
                .put("Default", farm.controllers().size());
        resources.number("ControllerDisk", farm.controllers().disk(), 16_000, "GiB of a controller's home.");
    }

    /** The controllers, which start like that. */
    public void controllerInit(String init) {
        new ControllerResources(farm, resources).add(init);
    }

    /** The agents of a type, which start like that. */
    public void workerInit(String type, String init) {
        WorkerType worker = farm.workers().get(type);
        new WorkerResources(farm, worker, resources).add(init);
    }

    /** The whole template. */
    public ObjectNode document() {
        return resources.document();
    }

    /** The subnets of all zones. */
    static ArrayNode subnets(Farm farm) {
        ArrayNode subnets = Cfn.array();
        farm.zones().forEach(zone -> subnets.add(Cfn.ref("Subnet" + Cfn.name(zone))));
        return subnets;
    }
}
