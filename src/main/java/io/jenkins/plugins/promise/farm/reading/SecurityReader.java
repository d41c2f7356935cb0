package io.jenkins.plugins.promise.farm.reading;

import com.google.re2j.Pattern;
import io.jenkins.plugins.promise.contract.yaml.Nearest;
import io.jenkins.plugins.promise.contract.yaml.YamlMapping;
import io.jenkins.plugins.promise.farm.ControllerKind;
import io.jenkins.plugins.promise.farm.SecretSource;
import io.jenkins.plugins.promise.farm.Security;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads people and secrets of a farm. */
final class SecurityReader {
    private static final Pattern FOLDER = Pattern.compile("/[A-Za-z0-9._/-]{1,200}");
    private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9/_-]{1,100}/");
    private static final Pattern VARIABLE = Pattern.compile("[A-Z][A-Z0-9_]{0,59}");
    private static final String SECRETS = "/run/promise/secrets";

    /** Who knows people. */
    private enum Realm {
        LOCAL,
        OWN
    }

    private SecurityReader() {}

    static Security read(YamlMapping yaml, ControllerKind kind, boolean zones, YamlMapping file) {
        Realm realm = Words.of(Realm.class, "realm", yaml, Realm.LOCAL);
        List<String> admins = Words.names("admins", yaml);
        List<String> users = Words.names("users", yaml);
        users.stream().filter(admins::contains).forEach(u -> yaml.error("users", "names " + u + ", who is an admin"));
        List<String> sshKeys = Words.names("ssh-keys", yaml);
        List<String> apiKeys = Words.names("api-keys", yaml);
        Set<String> ids = new HashSet<>(sshKeys);
        ids.retainAll(apiKeys);
        ids.stream().sorted().forEach(i -> yaml.error("api-keys", "names " + i + ", which is an SSH key"));
        List<String> signing = Words.names("signing", yaml);
        for (String key : signing) {
            if (!apiKeys.contains(key)) {
                yaml.error(
                        "signing",
                        "there is no API key '" + key + "'" + Nearest.hint(key, apiKeys) + "; name it in api-keys too");
            }
        }
        Security security = new Security(
                realm == Realm.LOCAL,
                admins,
                users,
                sshKeys,
                apiKeys,
                signing,
                tokens(yaml),
                source(yaml.mapping("secrets"), zones, file.text("farm")));
        if (kind == ControllerKind.LOCAL) {
            for (String key : List.of("realm", "admins", "users", "ssh-keys", "api-keys", "signing")) {
                if (yaml.has(key)) {
                    yaml.error(key, "is of a Jenkins; a local controller has its operator's token and tokens of jobs");
                }
            }
        } else {
            if (realm == Realm.LOCAL && admins.isEmpty()) {
                if (file.has("security")) {
                    yaml.error("admins", "is missing: nobody could change anything");
                } else {
                    file.error(
                            "security", "is missing: everybody could change everything; security: { admins: [ops] }");
                }
            }
            if (yaml.has("tokens")) {
                yaml.error("tokens", "is of a local controller; on Jenkins use api-keys");
            }
        }
        yaml.refuseOthers();
        return security;
    }

    private static List<String> tokens(YamlMapping yaml) {
        List<String> tokens = yaml.texts("tokens");
        tokens.stream()
                .filter(t -> !VARIABLE.matches(t))
                .forEach(t -> yaml.error("tokens", "'" + t + "' is no variable, as in QUOTE_TOKEN"));
        return tokens.stream().distinct().toList();
    }

    private static SecretSource source(YamlMapping yaml, boolean zones, String farm) {
        SecretSource.Kind kind = Words.of(
                SecretSource.Kind.class,
                "source",
                yaml,
                zones ? SecretSource.Kind.SECRETS_MANAGER : SecretSource.Kind.FOLDER);
        String place;
        if (kind == SecretSource.Kind.FOLDER) {
            String folder = yaml.text("folder");
            if (folder != null && !FOLDER.matches(folder)) {
                yaml.error("folder", "must be a folder's whole path, as in " + SECRETS);
            }
            place = folder == null ? SECRETS : folder;
        } else {
            String prefix = yaml.text("prefix");
            if (prefix != null && !PREFIX.matches(prefix)) {
                yaml.error("prefix", "must be what the secrets' names begin with, up to a '/', as in quote/");
            }
            place = prefix == null ? farm + "/" : prefix;
            if (!zones) {
                yaml.error(
                        "source",
                        kind.keyword() + " is asked by an instance's role; this farm spans no zones: use folder");
            }
        }
        String other = kind == SecretSource.Kind.FOLDER ? "prefix" : "folder";
        if (yaml.has(other)) {
            yaml.error(other, "does not go with the source " + kind.keyword());
        }
        yaml.refuseOthers();
        return new SecretSource(kind, place);
    }
}
