package io.jenkins.plugins.promise.jenkins.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.model.Item;
import io.jenkins.plugins.promise.acceptance.view.PromiseView;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.deployment.bundle.Deployed;
import io.jenkins.plugins.promise.jenkins.JenkinsController;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;

/** The promise jobs that whoever asks may see, by their common names. */
public final class JobsView {
    private final JenkinsController controller;
    private final PromiseView view;

    public JobsView(JenkinsController controller, PromiseView view) {
        this.controller = controller;
        this.view = view;
    }

    /** All versions by their common name, the latest first. */
    public Map<String, List<Deployed>> byName() {
        return controller.catalog().all().stream()
                .filter(d -> controller
                        .catalog()
                        .item(d.version())
                        .filter(j -> j.hasPermission(Item.READ))
                        .isPresent())
                .collect(Collectors.groupingBy(Deployed::name, TreeMap::new, Collectors.toList()));
    }

    ObjectNode all() throws IOException {
        ObjectNode node = Json.mapper().createObjectNode();
        ArrayNode jobs = node.putArray("jobs");
        for (List<Deployed> versions : byName().values()) {
            jobs.add(view.job(versions.get(0), versions, controller.versions()));
        }
        if (Jenkins.get().hasPermission(PromisePermissions.DEPLOY)) {
            node.set("broken", Json.mapper().valueToTree(controller.versions().broken()));
        }
        return node;
    }

    ObjectNode one(Deployed job) throws IOException {
        List<Deployed> versions = controller.catalog().all().stream()
                .filter(d -> d.name().equals(job.name()))
                .toList();
        return view.job(job, versions, controller.versions());
    }
}
