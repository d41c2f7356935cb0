package io.jenkins.plugins.promise.farm;

import java.util.List;

/**
 * Who may do what in a farm, and which secrets it has, by name; values come from the source.
 *
 * @param local whether the farm's people are in Jenkins' own user database; else a configuration of its own says
 * @param admins people who may do everything
 * @param users people who may read, run and cancel jobs
 * @param sshKeys private keys for git, each a credential of that id
 * @param apiKeys secret texts, each a credential of that id
 * @param signing the secret texts that reports are signed with
 * @param tokens variables that a local controller's suites take tokens and secrets from
 * @param source where values come from
 */
public record Security(
        boolean local,
        List<String> admins,
        List<String> users,
        List<String> sshKeys,
        List<String> apiKeys,
        List<String> signing,
        List<String> tokens,
        SecretSource source) {
    /** Copies what it is given. */
    public Security {
        admins = List.copyOf(admins);
        users = List.copyOf(users);
        sshKeys = List.copyOf(sshKeys);
        apiKeys = List.copyOf(apiKeys);
        signing = List.copyOf(signing);
        tokens = List.copyOf(tokens);
    }
}
