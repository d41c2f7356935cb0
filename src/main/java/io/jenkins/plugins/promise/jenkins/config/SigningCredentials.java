package io.jenkins.plugins.promise.jenkins.config;

import hudson.util.FormValidation;
import hudson.util.Secret;
import io.jenkins.plugins.promise.callback.signature.SigningKey;
import io.jenkins.plugins.promise.jenkins.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/** The credentials that reports are signed with. */
final class SigningCredentials {
    private static final Logger LOGGER = Logger.getLogger(PromiseConfiguration.class.getName());

    /** Ids of credentials that are not there, and that this was told of. */
    private final Set<String> missing = ConcurrentHashMap.newKeySet();

    /** What was encrypted with a key that this home has no more is none. */
    static boolean readable(Secret key) {
        try {
            SigningKey.parse(key.getPlainText());
            return true;
        } catch (IllegalArgumentException e) {
            LOGGER.log(
                    Level.WARNING,
                    "the generated signing key cannot be read, and a new one is made: {0}",
                    e.getMessage());
            return false;
        }
    }

    /** The keys of those ids; those that are not there are left out, and told of once. */
    List<SigningKey> keys(List<String> ids) {
        List<SigningKey> keys = new ArrayList<>();
        if (ids.isEmpty()) {
            return keys;
        }
        SecretTexts secrets = new SecretTexts();
        for (String id : ids) {
            Optional<Secret> secret = secrets.find(id);
            secret.ifPresent(s -> keys.add(SigningKey.parse(s.getPlainText())));
            if (secret.isPresent()) {
                missing.remove(id);
            } else if (missing.add(id)) {
                LOGGER.log(Level.WARNING, "there is no secret text {0}: reports are not signed with it", id);
            }
        }
        return keys;
    }

    /** Whether every id names a secret text that holds a signing key, as a form tells an administrator. */
    static FormValidation checked(List<String> ids) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        SecretTexts secrets = new SecretTexts();
        for (String id : ids) {
            Optional<Secret> secret = secrets.find(id);
            if (secret.isEmpty()) {
                return FormValidation.error(Messages.PromiseConfiguration_NoCredential(id));
            }
            try {
                SigningKey.parse(secret.get().getPlainText());
            } catch (IllegalArgumentException e) {
                return FormValidation.error(id + ": " + e.getMessage());
            }
        }
        return ids.isEmpty() ? FormValidation.warning(Messages.PromiseConfiguration_Generated()) : FormValidation.ok();
    }
}
