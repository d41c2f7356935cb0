package io.jenkins.plugins.promise.jenkins.config;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import hudson.security.ACL;
import hudson.util.ListBoxModel;
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

    /**
     * What a form offers to choose from; whoever is no administrator learns nothing.
     *
     * @param chosen what is chosen now; null for nothing
     */
    static ListBoxModel items(String chosen) {
        ListBoxModel items = new ListBoxModel();
        items.add("", "");
        if (!Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
            items.add(String.valueOf(chosen), chosen);
            return items;
        }
        new SecretTexts().all.forEach(c -> items.add(c.getId(), c.getId()));
        return items;
    }

    /** The one of that id; nothing if there is none. */
    Optional<Secret> find(String id) {
        return all.stream()
                .filter(c -> c.getId().equals(id))
                .map(StringCredentials::getSecret)
                .findFirst();
    }
}
