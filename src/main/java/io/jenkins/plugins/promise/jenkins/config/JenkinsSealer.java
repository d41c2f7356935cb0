package io.jenkins.plugins.promise.jenkins.config;

import hudson.util.Secret;
import io.jenkins.plugins.promise.acceptance.host.CannotOpen;
import io.jenkins.plugins.promise.acceptance.host.Sealer;
import jenkins.security.HMACConfidentialKey;

/** Keeps secrets with the controller's own key, as every {@link Secret} is. */
public final class JenkinsSealer implements Sealer {
    private static final HMACConfidentialKey FINGERPRINT = new HMACConfidentialKey(JenkinsSealer.class, "fingerprint");

    @Override
    public String seal(String secret) {
        return Secret.fromString(secret).getEncryptedValue();
    }

    @Override
    public String open(String stored) {
        Secret secret = Secret.decrypt(stored);
        if (secret == null) {
            throw new CannotOpen("a secret was sealed by another controller");
        }
        return secret.getPlainText();
    }

    @Override
    public String fingerprint(String content) {
        return FINGERPRINT.mac(content);
    }
}
