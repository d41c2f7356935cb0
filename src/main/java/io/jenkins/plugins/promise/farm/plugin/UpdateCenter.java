package io.jenkins.plugins.promise.farm.plugin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.contract.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A file that an update centre publishes: {@code update-center.json}, or the same without what JSONP puts around it. */
public final class UpdateCenter implements PluginSource {
    private final Path file;
    private final Map<String, JsonNode> plugins = new TreeMap<>();

    /**
     * Reads it.
     *
     * @throws IOException naming the file, if it is none
     */
    public UpdateCenter(Path file) throws IOException {
        this.file = file;
        String text = Files.readString(file);
        int begin = text.indexOf('{');
        int end = text.lastIndexOf('}');
        if (begin < 0 || end < begin) {
            throw new IOException(file + ": is no update-center.json");
        }
        try {
            JsonNode all =
                    Json.mapper().readTree(text.substring(begin, end + 1)).path("plugins");
            all.fields().forEachRemaining(f -> plugins.put(f.getKey(), f.getValue()));
        } catch (JsonProcessingException e) {
            throw new IOException(file + ": " + Json.told(e), e);
        }
        if (plugins.isEmpty()) {
            throw new IOException(file + ": is no update-center.json: it has no plugins");
        }
    }

    @Override
    public Optional<Plugin> find(String name) throws IOException {
        JsonNode plugin = plugins.get(name);
        if (plugin == null) {
            return Optional.empty();
        }
        List<Plugin.Dependency> dependencies = new ArrayList<>();
        for (JsonNode one : plugin.path("dependencies")) {
            dependencies.add(new Plugin.Dependency(
                    one.path("name").asText(),
                    one.path("version").asText("0"),
                    one.path("optional").asBoolean()));
        }
        return Optional.of(new Plugin(
                name,
                plugin.path("version").asText(),
                plugin.path("requiredCore").asText(),
                dependencies,
                checksum(name, plugin.path("sha256").asText()),
                plugin.path("url").asText(null)));
    }

    private String checksum(String name, String base64) throws IOException {
        try {
            byte[] digest = Base64.getDecoder().decode(base64);
            if (digest.length > 0) {
                return HexFormat.of().formatHex(digest);
            }
        } catch (IllegalArgumentException e) {
            // Told below, as what is missing.
        }
        throw new IOException(file + ": " + name + " has no sha256, so nobody could tell whether it is the one");
    }

    @Override
    public Collection<String> names() {
        return plugins.keySet();
    }

    @Override
    public String told() {
        return file.toString();
    }
}
