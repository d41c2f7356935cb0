package io.jenkins.plugins.promise.farm.render.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.promise.farm.Farm;
import java.util.Locale;
import java.util.Map;

/** How a machine is launched. */
final class Launch {
    private final Farm farm;
    private final Resources resources;

    Launch(Farm farm, Resources resources) {
        this.farm = farm;
        this.resources = resources;
    }

    /**
     * A launch template.
     *
     * @param profile whose role it has
     * @param size the parameter that has the instance type
     * @param disk GiB of the volume that it starts from
     * @param tags what the first start must know
     */
    void template(
            String name,
            String profile,
            String access,
            String size,
            int disk,
            String init,
            Map<String, ? extends JsonNode> tags) {
        ObjectNode data = resources.resource(name, "AWS::EC2::LaunchTemplate").putObject("LaunchTemplateData");
        data.set("ImageId", Cfn.ref("Image"));
        data.set("InstanceType", Cfn.ref(size));
        data.putObject("IamInstanceProfile").set("Arn", Cfn.attribute(profile, "Arn"));
        data.putArray("SecurityGroupIds").add(Cfn.attribute(access, "GroupId"));
        // With a token only, and one hop: what builds run in containers does not get the role.
        data.putObject("MetadataOptions")
                .put("HttpTokens", "required")
                .put("HttpPutResponseHopLimit", 1)
                .put("InstanceMetadataTags", "enabled");
        data.putArray("BlockDeviceMappings")
                .addObject()
                .put("DeviceName", "/dev/xvda")
                .putObject("Ebs")
                .put("VolumeType", "gp3")
                .put("VolumeSize", disk)
                .put("Encrypted", true)
                .put("DeleteOnTermination", true);
        ObjectNode specification =
                data.putArray("TagSpecifications").addObject().put("ResourceType", "instance");
        specification
                .putArray("Tags")
                .add(Cfn.tag(
                        "Name",
                        farm.name() + "-" + name.replaceFirst("Launch$", "").toLowerCase(Locale.ROOT)))
                .add(Cfn.tag("promise-recipes", Cfn.sub("s3://${Recipes}/${RecipesPrefix}")));
        tags.forEach((key, value) -> specification.withArray("Tags").add(Cfn.tag(key, value)));
        data.set("UserData", Cfn.base64(init));
    }

    /** A group's reference to a launch template. */
    static ObjectNode use(String name) {
        ObjectNode use = Cfn.object();
        use.set("LaunchTemplateId", Cfn.ref(name));
        use.set("Version", Cfn.attribute(name, "LatestVersionNumber"));
        return use;
    }
}
