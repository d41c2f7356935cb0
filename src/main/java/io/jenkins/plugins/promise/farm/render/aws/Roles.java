package io.jenkins.plugins.promise.farm.render.aws;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.promise.farm.Farm;
import io.jenkins.plugins.promise.farm.SecretSource;
import java.util.List;

/** What machines may do by their role, and no more. */
final class Roles {
    private final Farm farm;
    private final Resources resources;

    Roles(Farm farm, Resources resources) {
        this.farm = farm;
        this.resources = resources;
    }

    /**
     * A role with its profile, {@code NAMEProfile}, that may read the farm's files and some secrets.
     *
     * @param secret the one that it may read; {@code *} for all of the farm
     * @return the statements of what it may do, to which more are added
     */
    ArrayNode role(String name, String secret) {
        ObjectNode role = resources.resource(name + "Role", "AWS::IAM::Role");
        ObjectNode trust = role.putObject("AssumeRolePolicyDocument").put("Version", "2012-10-17");
        ObjectNode assume = trust.putArray("Statement").addObject().put("Effect", "Allow");
        assume.putObject("Principal").put("Service", "ec2.amazonaws.com");
        assume.put("Action", "sts:AssumeRole");
        ObjectNode policy = role.putArray("Policies").addObject().put("PolicyName", "farm");
        ArrayNode statements =
                policy.putObject("PolicyDocument").put("Version", "2012-10-17").putArray("Statement");
        allow(statements, List.of("s3:GetObject"), Cfn.sub("arn:${AWS::Partition}:s3:::${Recipes}/${RecipesPrefix}/*"));
        ObjectNode list = allow(statements, List.of("s3:ListBucket"), Cfn.sub("arn:${AWS::Partition}:s3:::${Recipes}"));
        list.putObject("Condition").putObject("StringLike").set("s3:prefix", Cfn.sub("${RecipesPrefix}/*"));
        SecretSource source = farm.security().source();
        if (source.kind() == SecretSource.Kind.SECRETS_MANAGER) {
            // AWS ends a secret's ARN with six letters of its own.
            allow(
                    statements,
                    List.of("secretsmanager:GetSecretValue"),
                    Cfn.sub("arn:${AWS::Partition}:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:"
                            + source.place() + secret + (secret.equals("*") ? "" : "-??????")));
        } else if (source.kind() == SecretSource.Kind.PARAMETER_STORE) {
            allow(
                    statements,
                    List.of("ssm:GetParameter"),
                    Cfn.sub("arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter/" + source.place()
                            + secret));
        }
        ObjectNode profile = resources.resource(name + "Profile", "AWS::IAM::InstanceProfile");
        profile.putArray("Roles").add(Cfn.ref(name + "Role"));
        return statements;
    }

    static ObjectNode allow(ArrayNode statements, List<String> actions, ObjectNode resource) {
        ObjectNode statement = statements.addObject().put("Effect", "Allow");
        actions.forEach(statement.putArray("Action")::add);
        statement.set("Resource", resource);
        return statement;
    }
}
