package io.jenkins.plugins.promise.jenkins.config;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import hudson.security.ACL;
import hudson.util.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/** The secret texts among the credentials of this Jenkins. */
final class SecretTexts {
    private final List<StringCredentials> all = CredentialsProvider.lookupCredentialsInItemGroup(
            StringCredentials.class, Jenkins.get(), ACL.SYSTEM2, new ArrayList<DomainRequirement>());

    /** The ids of all. */
    List<String> ids() {
        return all.stream().map(StringCredentials::getId).toList();
    }

    /** The one of that id; nothing if there is none. */
    Optional<Secret> find(String id) {
        return all.stream()
                .filter(c -> c.getId().equals(id))
                .map(StringCredentials::getSecret)
                .findFirst();
    }
}
