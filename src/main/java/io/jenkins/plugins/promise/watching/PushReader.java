package io.jenkins.plugins.promise.watching;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.contract.json.MalformedJson;
import io.jenkins.plugins.promise.contract.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Reads what GitHub, GitLab or somebody by hand tells of a push, and whether they may. */
public final class PushReader {
    /** How large what is told may be. */
    public static final int MOST_BYTES = 5 << 20;

    private static final String HMAC = "HmacSHA256";
    private static final String GITHUB_EVENT = "X-GitHub-Event";
    private static final String GITHUB_SIGNATURE = "X-Hub-Signature-256";
    private static final String GITLAB_EVENT = "X-Gitlab-Event";
    private static final String GITLAB_TOKEN = "X-Gitlab-Token";
    private static final int DEPTH = 50;

    private final String secret;
    private final String where;

    /**
     * A reader.
     *
     * @param secret what GitHub signs with, and GitLab sends; null if nobody was given one
     * @param where a secret is set on this host
     */
    public PushReader(String secret, String where) {
        // An empty one would be that of everybody who gives none.
        this.secret = secret == null || secret.isBlank() ? null : secret;
        this.where = where;
    }

    /** Where a request comes from. */
    public enum Format {
        /** A webhook of GitHub, signed. */
        GITHUB,
        /** A webhook of GitLab, with its token. */
        GITLAB,
        /** Anything else: who sends it needs a token of ours. */
        PLAIN
    }

    /**
     * What a request says it is.
     *
     * @param headers its headers, by name; null for one that it has not
     */
    public static Format format(UnaryOperator<String> headers) {
        if (headers.apply(GITHUB_EVENT) != null || headers.apply(GITHUB_SIGNATURE) != null) {
            return Format.GITHUB;
        }
        return headers.apply(GITLAB_EVENT) != null || headers.apply(GITLAB_TOKEN) != null
                ? Format.GITLAB
                : Format.PLAIN;
    }

    /** Whether a plain request comes with the secret. */
    public boolean secret(String token) {
        return secret != null && token != null && same(secret, token);
    }

    /**
     * Refuses, before its body is read, what can be no webhook of ours.
     *
     * @throws Refused if no secret is set, or none comes with it, or another
     */
    public void admit(UnaryOperator<String> headers) throws Refused {
        Format format = format(headers);
        if (format == Format.PLAIN) {
            return;
        }
        if (secret == null) {
            throw new Refused(Refused.Why.FORBIDDEN, "no webhook is believed here: no secret is set (" + where + ")");
        }
        String header = format == Format.GITHUB ? GITHUB_SIGNATURE : GITLAB_TOKEN;
        if (headers.apply(header) == null) {
            throw new Refused(
                    Refused.Why.UNAUTHORIZED, "the header " + header + " is missing; give the webhook the secret");
        }
        if (format == Format.GITLAB && !same(secret, headers.apply(header))) {
            throw new Refused(Refused.Why.FORBIDDEN, header + " is not the secret that is set here");
        }
    }

    /**
     * What was pushed; nothing if the request is about something else.
     *
     * @param headers its headers, by name; null for one that it has not
     * @throws Refused if it is not signed with the secret, or cannot be read
     */
    public Optional<Push> read(UnaryOperator<String> headers, byte[] body) throws Refused {
        Format format = format(headers);
        if (format == Format.GITHUB && !signed(body, headers.apply(GITHUB_SIGNATURE))) {
            throw new Refused(
                    Refused.Why.FORBIDDEN,
                    GITHUB_SIGNATURE + " is not that of this body with the secret that is set here");
        }
        String type = String.valueOf(headers.apply("Content-Type"));
        if (!type.startsWith("application/json")) {
            throw new Refused(Refused.Why.INVALID, "the Content-Type must be application/json, not " + type);
        }
        JsonNode json = json(body);
        return switch (format) {
            case GITHUB -> "push".equals(headers.apply(GITHUB_EVENT))
                    ? Optional.of(push(json, "repository", "clone_url", "ssh_url", "git_url", "html_url"))
                    : Optional.empty();
            case GITLAB -> "Push Hook".equals(headers.apply(GITLAB_EVENT))
                    ? Optional.of(push(json, "project", "git_http_url", "git_ssh_url", "web_url"))
                    : Optional.empty();
            case PLAIN -> Optional.of(
                    new Push(List.of(text(json, "repository")), text(json, "branch"), text(json, "branch")));
        };
    }

    private static JsonNode json(byte[] body) throws Refused {
        try {
            JsonNode json = new StrictJson(DEPTH).tree(body);
            if (!json.isObject()) {
                throw new Refused(Refused.Why.INVALID, "a push is told by a JSON object");
            }
            return json;
        } catch (MalformedJson e) {
            throw new Refused(Refused.Why.INVALID, "the push cannot be read: it " + e.getMessage());
        }
    }

    private static Push push(JsonNode json, String repository, String... keys) throws Refused {
        List<String> urls = new ArrayList<>();
        for (String key : keys) {
            if (json.path(repository).path(key).isTextual()) {
                urls.add(json.path(repository).path(key).asText());
            }
        }
        if (urls.isEmpty()) {
            throw new Refused(Refused.Why.INVALID, "the push tells no URL of its " + repository);
        }
        return Push.of(urls, text(json, "ref"));
    }

    private static String text(JsonNode json, String key) throws Refused {
        JsonNode value = json.path(key);
        if (!value.isTextual() || value.asText().isBlank()) {
            throw new Refused(Refused.Why.INVALID, "the push has no text under " + key);
        }
        return value.asText();
    }

    private boolean signed(byte[] body, String signature) throws Refused {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), HMAC));
            return same("sha256=" + HexFormat.of().formatHex(mac.doFinal(body)), signature);
        } catch (GeneralSecurityException e) {
            throw new Refused(Refused.Why.UNAVAILABLE, "this Java cannot check the signature: " + e.getMessage());
        }
    }

    /** It takes the same time wherever they differ. */
    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
