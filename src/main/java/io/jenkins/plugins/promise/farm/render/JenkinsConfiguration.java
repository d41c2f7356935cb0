package io.jenkins.plugins.promise.farm.render;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.promise.contract.file.JobFileReader;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.farm.Attach;
import io.jenkins.plugins.promise.farm.Farm;
import io.jenkins.plugins.promise.farm.FarmLedger;
import io.jenkins.plugins.promise.farm.FarmSettings;
import io.jenkins.plugins.promise.farm.Security;
import io.jenkins.plugins.promise.farm.WorkerType;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Configuration-as-code of a farm's Jenkins; secrets stand in it by name, and their values come from a folder of the machine. */
final class JenkinsConfiguration {
    /** Whom agents attach themselves as. */
    static final String AGENT = "agent";

    private static final List<String> USERS =
            List.of("Overall/Read", "Job/Read", "Job/Discover", "Job/Build", "Job/Cancel", "View/Read");
    private static final List<String> AGENTS = List.of("Overall/Read", "Agent/Connect", "Agent/Disconnect");
    private static final List<String> SWARM_AGENTS = List.of(
            "Overall/Read", "Agent/Configure", "Agent/Connect", "Agent/Create", "Agent/Delete", "Agent/Disconnect");

    private final Farm farm;
    private final UnaryOperator<String> agentHome;

    /**
     * Of a farm.
     *
     * @param agentHome the folder that an agent works in, by its name
     */
    JenkinsConfiguration(Farm farm, UnaryOperator<String> agentHome) {
        this.farm = farm;
        this.agentHome = agentHome;
    }

    ObjectNode document() {
        ObjectNode document = Json.mapper().createObjectNode();
        ObjectNode jenkins = document.putObject("jenkins");
        jenkins.put(
                "systemMessage",
                "The farm " + farm.name() + ", made from a file: what is changed here is lost with the next start.");
        // Builds run on agents only.
        jenkins.put("numExecutors", 0);
        jenkins.put("mode", "EXCLUSIVE");
        // Agents come over WebSocket; no port of their own is open.
        jenkins.put("slaveAgentPort", -1);
        jenkins.putObject("crumbIssuer").putObject("standard").put("excludeClientIPFromCrumb", true);
        if (farm.security().local()) {
            realm(jenkins);
            authorization(jenkins);
        }
        nodes(jenkins);
        credentials(document);
        ObjectNode unclassified = document.putObject("unclassified");
        unclassified.putObject("location").put("url", farm.url() + "/");
        settings(unclassified.putObject("promiseJobs"));
        return document;
    }

    private void realm(ObjectNode jenkins) {
        ObjectNode local = jenkins.putObject("securityRealm").putObject("local");
        local.put("allowsSignup", false);
        ArrayNode users = local.putArray("users");
        Security security = farm.security();
        security.admins().forEach(name -> user(users, name));
        security.users().forEach(name -> user(users, name));
        user(users, AGENT);
    }

    private static void user(ArrayNode users, String name) {
        users.addObject().put("id", name).put("password", secret(name + "-password"));
    }

    private static String secret(String name) {
        return "${" + name + "}";
    }

    private void authorization(ObjectNode jenkins) {
        ArrayNode entries = jenkins.putObject("authorizationStrategy")
                .putObject("globalMatrix")
                .putArray("entries");
        farm.security().admins().forEach(name -> entry(entries, name, List.of("Overall/Administer")));
        farm.security().users().forEach(name -> entry(entries, name, USERS));
        boolean swarm = farm.workers().values().stream().anyMatch(w -> w.attach() == Attach.SWARM);
        entry(entries, AGENT, swarm ? SWARM_AGENTS : AGENTS);
    }

    private static void entry(ArrayNode entries, String name, List<String> permissions) {
        ObjectNode user = entries.addObject().putObject("user").put("name", name);
        permissions.forEach(user.putArray("permissions")::add);
    }

    /** Those of inbound agents; swarm agents make theirs. */
    private void nodes(ObjectNode jenkins) {
        ArrayNode nodes = jenkins.putArray("nodes");
        for (WorkerType worker : farm.workers().values()) {
            if (worker.attach() == Attach.INBOUND) {
                worker.agents().forEach(name -> node(nodes, name, worker));
            }
        }
    }

    private void node(ArrayNode nodes, String name, WorkerType worker) {
        ObjectNode node = nodes.addObject().putObject("permanent");
        node.put("name", name);
        node.put("remoteFS", agentHome.apply(name));
        node.put("numExecutors", worker.executors());
        node.put("labelString", String.join(" ", worker.labels()));
        node.put("mode", "NORMAL");
        node.put("retentionStrategy", "always");
        node.putObject("launcher").putObject("inbound").put("webSocket", true);
    }

    private void credentials(ObjectNode document) {
        Security security = farm.security();
        boolean database = farm.controllers().ledger().shared();
        if (security.sshKeys().isEmpty() && security.apiKeys().isEmpty() && !database) {
            return;
        }
        ArrayNode credentials = document.putObject("credentials")
                .putObject("system")
                .putArray("domainCredentials")
                .addObject()
                .putArray("credentials");
        for (String name : security.sshKeys()) {
            ObjectNode key = credentials.addObject().putObject("basicSSHUserPrivateKey");
            key.put("scope", "GLOBAL").put("id", name).put("username", "git");
            key.putObject("privateKeySource").putObject("directEntry").put("privateKey", secret(name));
        }
        security.apiKeys().forEach(name -> text(credentials, name, "GLOBAL"));
        if (database) {
            text(credentials, "ledger-password", "SYSTEM");
        }
    }

    private static void text(ArrayNode credentials, String name, String scope) {
        credentials
                .addObject()
                .putObject("string")
                .put("scope", scope)
                .put("id", name)
                .put("secret", secret(name));
    }

    private void settings(ObjectNode promiseJobs) {
        FarmSettings settings = farm.settings();
        if (!settings.receivers().isEmpty()) {
            promiseJobs.put("receivers", String.join("\n", settings.receivers()));
        }
        if (!farm.security().signing().isEmpty()) {
            promiseJobs.put(
                    "signingCredentials", String.join(" ", farm.security().signing()));
        }
        time(promiseJobs, "deadline", settings.deadline());
        time(promiseJobs, "retention", settings.retention());
        if (!settings.retry().isEmpty()) {
            promiseJobs.put(
                    "retryDelays",
                    settings.retry().stream().map(JenkinsConfiguration::told).collect(Collectors.joining(" ")));
        }
        time(promiseJobs, "giveUpAfter", settings.giveUpAfter());
        FarmLedger ledger = farm.controllers().ledger();
        if (ledger.shared()) {
            ObjectNode shared = promiseJobs.putObject("ledger");
            // That of a database which is made with the farm is known when it is there.
            shared.put("url", ledger.url() == null ? "${LEDGER_URL}" : ledger.url());
            shared.put("credentialsId", "ledger-password");
            time(shared, "lease", settings.lease());
        }
    }

    private static void time(ObjectNode to, String key, Duration time) {
        if (time != null) {
            to.put(key, told(time));
        }
    }

    private static String told(Duration time) {
        return JobFileReader.text(time).orElseThrow();
    }
}
