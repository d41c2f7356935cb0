package io.jenkins.plugins.promise.farm.render;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.promise.contract.json.Json;

/**
 * What a machine does at its first start: little, for user data is short and anybody on the machine may read it. Where the
 * farm's files lie, and what else differs between machines, stands in the instance's tags.
 */
final class CloudInit {
    private final String boot;

    /**
     * The first start of machines.
     *
     * @param boot the script that fetches the rest
     */
    CloudInit(String boot) {
        this.boot = boot;
    }

    /**
     * The file.
     *
     * @param role {@code controller}, or a worker type
     */
    String machine(String role) {
        ObjectNode document = Json.mapper().createObjectNode();
        document.put("preserve_hostname", false);
        ObjectNode user = document.putArray("users").add("default").addObject();
        user.put("name", "promise")
                .put("system", true)
                .put("shell", "/usr/sbin/nologin")
                .put("no_create_home", true);
        document.putArray("write_files")
                .addObject()
                .put("path", "/usr/local/bin/promise-boot")
                .put("owner", "root:root")
                .put("permissions", "0755")
                .put("content", boot);
        ArrayNode run = document.putArray("runcmd").addArray();
        run.add("/usr/local/bin/promise-boot").add(role);
        return "#cloud-config\n" + Documents.yaml(document);
    }
}
