package io.jenkins.plugins.promise.watching.history;

import java.util.List;
import java.util.Map;

/**
 * What git is told by variables: how this machine reaches servers, and nothing else that the controller may have been started
 * with, such as the repository of a hook. It asks nobody for anything.
 */
final class GitEnvironment {
    private static final String SSH_COMMAND = "GIT_SSH_COMMAND";
    private static final List<String> KEPT = List.of(
            SSH_COMMAND,
            "GIT_SSH",
            "GIT_SSH_VARIANT",
            "GIT_SSL_",
            "GIT_HTTP_",
            "GIT_PROXY_",
            "GIT_EXEC_PATH",
            "GIT_CONFIG_GLOBAL",
            "GIT_CONFIG_SYSTEM",
            "GIT_CONFIG_NOSYSTEM",
            // Containers give git its credentials and safe.directory with these.
            "GIT_CONFIG_COUNT",
            "GIT_CONFIG_KEY_",
            "GIT_CONFIG_VALUE_",
            // What somebody has forbidden stays forbidden.
            "GIT_ALLOW_PROTOCOL",
            "GIT_PROTOCOL_FROM_USER");

    private static final String SSH =
            "ssh -o BatchMode=yes -o ConnectTimeout=30 -o ServerAliveInterval=15 -o ServerAliveCountMax=4";

    private GitEnvironment() {}

    /** Changes what git would inherit. */
    static void clean(Map<String, String> inherited) {
        inherited
                .keySet()
                .removeIf(name -> name.startsWith("GIT_") && KEPT.stream().noneMatch(k -> kept(k, name)));
        inherited.keySet().removeAll(List.of("SSH_ASKPASS", "SSH_ASKPASS_REQUIRE"));
        inherited.put("GIT_TERMINAL_PROMPT", "0");
        // Not without a value: then git asks what its configuration or the desktop names.
        inherited.put("GIT_ASKPASS", "");
    }

    private static boolean kept(String kept, String name) {
        return kept.endsWith("_") ? name.startsWith(kept) : name.equals(kept);
    }

    /** Whether somebody has said which ssh is to be used. */
    static boolean hasSsh(Map<String, String> inherited) {
        return inherited.containsKey(SSH_COMMAND) || inherited.containsKey("GIT_SSH");
    }

    /** Has an ssh used that asks for nothing, at no terminal, and gives up a server that is silent. */
    static void silentSsh(Map<String, String> inherited) {
        inherited.put(SSH_COMMAND, SSH);
    }
}
