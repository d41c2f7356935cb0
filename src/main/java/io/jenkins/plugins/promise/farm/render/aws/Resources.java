package io.jenkins.plugins.promise.farm.render.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A template in the making. */
final class Resources {
    private final ObjectNode document = Cfn.object();
    private final ObjectNode parameters;
    private final ObjectNode resources;
    private final ObjectNode outputs;

    Resources(String about) {
        document.put("AWSTemplateFormatVersion", "2010-09-09").put("Description", about);
        parameters = document.putObject("Parameters");
        resources = document.putObject("Resources");
        outputs = document.putObject("Outputs");
    }

    ObjectNode document() {
        return document;
    }

    /** A parameter; its further keys are the caller's. */
    ObjectNode parameter(String name, String type, String about) {
        return parameters.putObject(name).put("Type", type).put("Description", about);
    }

    /** A number from 0 to that. */
    void number(String name, int value, int most, String about) {
        parameter(name, "Number", about)
                .put("Default", value)
                .put("MinValue", 0)
                .put("MaxValue", most);
    }

    /** A resource's properties, which are the caller's. */
    ObjectNode resource(String name, String type) {
        return resources.putObject(name).put("Type", type).putObject("Properties");
    }

    /** What is left of a resource that is taken out of the template, or whose stack is deleted. */
    void keep(String name, String policy) {
        ((ObjectNode) resources.get(name)).put("DeletionPolicy", policy).put("UpdateReplacePolicy", policy);
    }

    void after(String name, String other) {
        ((ObjectNode) resources.get(name)).put("DependsOn", other);
    }

    /** How a group's instances are replaced. */
    ObjectNode updates(String name) {
        return ((ObjectNode) resources.get(name)).putObject("UpdatePolicy");
    }

    void output(String name, String about, JsonNode value) {
        outputs.putObject(name).put("Description", about).set("Value", value);
    }
}
