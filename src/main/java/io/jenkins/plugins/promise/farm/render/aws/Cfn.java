package io.jenkins.plugins.promise.farm.render.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.base.Splitter;
import io.jenkins.plugins.promise.contract.json.Json;

/** What CloudFormation's language has. */
final class Cfn {
    private Cfn() {}

    static ObjectNode object() {
        return Json.mapper().createObjectNode();
    }

    static ArrayNode array() {
        return Json.mapper().createArrayNode();
    }

    static ObjectNode ref(String name) {
        return object().put("Ref", name);
    }

    static ObjectNode attribute(String resource, String name) {
        ObjectNode get = object();
        get.putArray("Fn::GetAtt").add(resource).add(name);
        return get;
    }

    /** A text with {@code ${Name}} in it. */
    static ObjectNode sub(String text) {
        return object().put("Fn::Sub", text);
    }

    static ObjectNode base64(String text) {
        return object().put("Fn::Base64", text);
    }

    static ObjectNode tag(String key, JsonNode value) {
        ObjectNode tag = object().put("Key", key);
        tag.set("Value", value);
        return tag;
    }

    static ObjectNode tag(String key, String value) {
        return object().put("Key", key).put("Value", value);
    }

    /** A name of letters and digits, as resources have: {@code eu-west-1a} is {@code EuWest1a}. */
    static String name(String words) {
        StringBuilder name = new StringBuilder();
        for (String word : Splitter.on('-').split(words)) {
            name.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
        }
        return name.toString();
    }
}
