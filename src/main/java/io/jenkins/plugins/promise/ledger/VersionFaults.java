package io.jenkins.plugins.promise.ledger;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.contract.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/**
 * What is wrong with the deployed versions in a ledger, with the promises that are not settled and need them. Whether
 * files are those that were deployed is asked where their digest is known.
 */
final class VersionFaults {
    private static final Map<String, String> IMPOSSIBLE = impossible();

    private VersionFaults() {}

    private static Map<String, String> impossible() {
        Map<String, String> queries = new LinkedHashMap<>();
        queries.put(
                "has no files",
                "SELECT version FROM version WHERE NOT EXISTS"
                        + " (SELECT 1 FROM version_file WHERE version_file.upload = version.upload)");
        queries.put(
                "has a file of which a part is missing",
                "SELECT version FROM version JOIN (SELECT upload, max(part) + 1 AS parts, count(*) AS there"
                        + " FROM version_file GROUP BY upload, path) AS file ON file.upload = version.upload"
                        + " WHERE parts <> there");
        queries.put(
                "is not there, and is waited for",
                "SELECT version FROM promise WHERE settled IS NULL AND set_aside IS NULL AND version NOT IN"
                        + " (SELECT version FROM version)"
                        // A host may keep its versions elsewhere.
                        + " AND (EXISTS (SELECT 1 FROM version) OR EXISTS (SELECT 1 FROM common_name))");
        return queries;
    }

    static List<LedgerFault> of(Handle handle) {
        List<LedgerFault> faults = new ArrayList<>();
        IMPOSSIBLE.forEach((what, query) -> {
            for (String version :
                    new TreeSet<>(handle.select(query).mapTo(String.class).list())) {
                faults.add(LedgerFault.ofVersion(handle, version, "the version " + version + " " + what));
            }
        });
        handle.select("SELECT name, stood FROM common_name ORDER BY name")
                .map((row, context) -> Map.entry(row.getString(1), row.getString(2)))
                .list()
                .forEach(name -> faults.addAll(name(handle, name.getKey(), name.getValue())));
        return faults;
    }

    private static List<LedgerFault> name(Handle handle, String name, String stood) {
        List<LedgerFault> faults = new ArrayList<>();
        JsonNode versions;
        try {
            versions = Json.mapper().readTree(stood);
        } catch (JacksonException e) {
            versions = null;
        }
        if (versions == null || !versions.isArray()) {
            return List.of(new LedgerFault("what the common name " + name + " stood for is damaged", List.of()));
        }
        for (JsonNode version : versions) {
            boolean there = handle.select("SELECT 1 FROM version WHERE version = ?", version.asText())
                    .mapTo(int.class)
                    .findOne()
                    .isPresent();
            if (!there) {
                faults.add(LedgerFault.ofVersion(
                        handle,
                        version.asText(),
                        "the common name " + name + " stands for " + version.asText() + ", which is not there"));
            }
        }
        return faults;
    }
}
