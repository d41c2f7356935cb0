package io.jenkins.plugins.promise.farm.render;

import io.jenkins.plugins.promise.farm.Farm;
import io.jenkins.plugins.promise.farm.SecretSource;
import io.jenkins.plugins.promise.farm.Security;
import io.jenkins.plugins.promise.farm.ServeOptions;
import io.jenkins.plugins.promise.farm.WorkerType;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The services of a farm's machines, and the variables that they differ in. */
final class ServiceFiles {
    static final String AGENT_HOME = "/var/lib/promise-agent";

    private static final String SECRETS = "/run/promise/secrets";
    private static final int PORT = 8080;

    private final Farm farm;

    ServiceFiles(Farm farm) {
        this.farm = farm;
    }

    String controller() {
        UnitFile unit = unit("Controller of the farm " + farm.name())
                .set("EnvironmentFile", "/etc/promise/controller.env")
                .set("EnvironmentFile", "-/run/promise/machine.env")
                .set("User", "promise")
                .set("Group", "promise")
                .set("RuntimeDirectory", "promise")
                .set("RuntimeDirectoryPreserve", "yes")
                .set("ExecStartPre", "/usr/local/bin/promise-secrets");
        if (farm.jenkins()) {
            unit.set("ExecStartPre", "/usr/local/bin/promise-plugins")
                    // It says itself when it is ready.
                    .set("Type", "notify")
                    .set("NotifyAccess", "main")
                    .set(
                            "ExecStart",
                            "/usr/bin/java $JAVA_OPTS -jar ${JENKINS_HOME}/jenkins.war --httpPort=${PORT}"
                                    + " --webroot=/var/cache/promise/war")
                    .set("CacheDirectory", "promise");
        } else {
            unit.set("EnvironmentFile", "-/run/promise/secrets.env")
                    .set("Type", "simple")
                    .set(
                            "ExecStart",
                            "/usr/bin/java $JAVA_OPTS -jar /usr/local/lib/promise/promise.jar serve $SERVE_OPTIONS");
        }
        return unit.set("TimeoutStartSec", "20min")
                .set("TimeoutStopSec", "90s")
                // A JVM that is asked to stop says so.
                .set("SuccessExitStatus", "143")
                .set("LimitNOFILE", "65536")
                .set("NoNewPrivileges", "yes")
                .set("ProtectSystem", "full")
                .set("PrivateTmp", "yes")
                .section("Install")
                .set("WantedBy", "multi-user.target")
                .text();
    }

    /** A unit that is started again for ever. */
    private static UnitFile unit(String about) {
        return new UnitFile()
                .section("Unit")
                .set("Description", about)
                .set("Wants", "network-online.target")
                .set("After", "network-online.target")
                .set("StartLimitIntervalSec", "0")
                .section("Service")
                .set("Restart", "always")
                .set("RestartSec", "5s");
    }

    String controllerEnvironment() {
        EnvironmentFile file = new EnvironmentFile().set("FARM", farm.name());
        secrets(file, controllerSecrets());
        if (farm.jenkins()) {
            return file.set("JENKINS_HOME", farm.home())
                    .set("JENKINS_VERSION", farm.controllers().jenkins())
                    .set("MIRROR", farm.controllers().mirror())
                    .set("PORT", Integer.toString(PORT))
                    .set("JAVA_VERSION", Integer.toString(farm.controllers().java()))
                    .set("CASC_JENKINS_CONFIG", "/etc/promise/casc")
                    .set(
                            "JAVA_OPTS",
                            "-Djava.awt.headless=true -Djenkins.install.runSetupWizard=false -XX:MaxRAMPercentage=60")
                    .text();
        }
        return file.set("JAVA_VERSION", Integer.toString(farm.controllers().java()))
                .set("JAVA_OPTS", "-XX:MaxRAMPercentage=60")
                .set("PROMISE_HOME", farm.home())
                .set("SERVE_OPTIONS", String.join(" ", serve()))
                .text();
    }

    private List<String> serve() {
        ServeOptions options = new ServeOptions(farm);
        return farm.zones().isEmpty()
                ? options.at(farm.address().getHost(), farm.address().getPort(), farm.home())
                : options.at("0.0.0.0", PORT, farm.home());
    }

    String agent() {
        return unit("Agent %i of the farm " + farm.name())
                .set("EnvironmentFile", "/etc/promise/agent.env")
                .set("EnvironmentFile", "-/run/promise/machine.env")
                .set("User", "promise")
                .set("Group", "promise")
                .set("RuntimeDirectory", "promise")
                .set("RuntimeDirectoryPreserve", "yes")
                .set("ExecStartPre", "/usr/local/bin/promise-secrets")
                .set("ExecStart", "/usr/local/bin/promise-agent %i")
                .set("StateDirectory", "promise-agent")
                .set("TimeoutStopSec", "60s")
                .set("SuccessExitStatus", "143")
                .set("NoNewPrivileges", "yes")
                .section("Install")
                .set("WantedBy", "multi-user.target")
                .text();
    }

    String drain() {
        return unit("Takes agent %i of the farm " + farm.name() + " away when its machine goes")
                .set("EnvironmentFile", "/etc/promise/agent.env")
                .set("EnvironmentFile", "-/run/promise/machine.env")
                .set("ExecStart", "/usr/local/bin/promise-drain %i")
                .section("Install")
                .set("WantedBy", "multi-user.target")
                .text();
    }

    String agentEnvironment(WorkerType worker) {
        EnvironmentFile file = new EnvironmentFile()
                .set("FARM", farm.name())
                .set("FARM_URL", farm.url())
                .set("JAVA_VERSION", Integer.toString(farm.controllers().java()))
                .set("AGENT_TYPE", worker.name())
                .set("AGENT_MAX", Integer.toString(worker.max()))
                .set("AGENT_ATTACH", worker.attach().keyword())
                .set("AGENT_EXECUTORS", Integer.toString(worker.executors()))
                .set("AGENT_LABELS", String.join(" ", worker.labels()))
                .set("AGENT_HOME", AGENT_HOME)
                .set(
                        "AGENT_REQUIRES",
                        worker.requires().entrySet().stream()
                                .map(r -> r.getKey() + "@" + r.getValue())
                                .collect(Collectors.joining(" ")));
        secrets(file, List.of(JenkinsConfiguration.AGENT + "-password"));
        return file.text();
    }

    private void secrets(EnvironmentFile file, List<String> names) {
        SecretSource source = farm.security().source();
        file.set("SECRETS", source.kind() == SecretSource.Kind.FOLDER ? source.place() : SECRETS)
                .set("SECRET_SOURCE", source.kind().keyword())
                .set("SECRET_PREFIX", source.kind() == SecretSource.Kind.FOLDER ? "" : source.place())
                .set("SECRET_NAMES", String.join(" ", names));
    }

    private List<String> controllerSecrets() {
        Security security = farm.security();
        TreeSet<String> names = new TreeSet<>();
        names.addAll(security.sshKeys());
        names.addAll(security.apiKeys());
        names.addAll(security.tokens());
        if (farm.jenkins() && security.local()) {
            security.admins().forEach(n -> names.add(n + "-password"));
            security.users().forEach(n -> names.add(n + "-password"));
            names.add(JenkinsConfiguration.AGENT + "-password");
        }
        if (farm.controllers().ledger().shared()) {
            names.add("ledger-password");
        }
        return List.copyOf(names);
    }
}
