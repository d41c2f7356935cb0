package io.jenkins.plugins.promise.farm.render.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.promise.farm.Farm;

/** The ledger that several controllers share: a PostgreSQL in two zones, whose password AWS makes and keeps. */
final class Database {
    private static final int PORT = 5432;

    private final Farm farm;
    private final Resources resources;

    Database(Farm farm, Resources resources) {
        this.farm = farm;
        this.resources = resources;
    }

    void add() {
        resources
                .parameter("LedgerSize", "String", "The database's instance type.")
                .put("Default", "db.m7g.large");
        resources.number("LedgerDisk", 50, 16_000, "GiB of the database's volume.");
        ObjectNode access = resources.resource("LedgerAccess", "AWS::EC2::SecurityGroup");
        access.put("GroupDescription", "The ledger of the farm " + farm.name());
        access.set("VpcId", Cfn.ref("Vpc"));
        Network.allow(access, PORT, "SourceSecurityGroupId", Cfn.attribute("ControllerAccess", "GroupId"));
        ObjectNode subnets = resources.resource("LedgerSubnets", "AWS::RDS::DBSubnetGroup");
        subnets.put("DBSubnetGroupDescription", "The ledger of the farm " + farm.name());
        subnets.set("SubnetIds", FarmTemplate.subnets(farm));
        ObjectNode database = resources.resource("Ledger", "AWS::RDS::DBInstance");
        database.put("Engine", "postgres").put("EngineVersion", "16").put("DBName", "promise");
        database.put("MasterUsername", "promise").put("ManageMasterUserPassword", true);
        database.set("DBInstanceClass", Cfn.ref("LedgerSize"));
        database.set("AllocatedStorage", Cfn.ref("LedgerDisk"));
        database.put("StorageType", "gp3").put("StorageEncrypted", true).put("MultiAZ", true);
        database.put("BackupRetentionPeriod", 14)
                .put("DeletionProtection", true)
                .put("PubliclyAccessible", false);
        database.set("DBSubnetGroupName", Cfn.ref("LedgerSubnets"));
        database.putArray("VPCSecurityGroups").add(Cfn.attribute("LedgerAccess", "GroupId"));
        resources.keep("Ledger", "Snapshot");
    }
}
