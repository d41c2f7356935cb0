package org.jenkinsci.plugins.plaincredentials;

/** What promise jobs use of this class of plain-credentials; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public interface StringCredentials extends com.cloudbees.plugins.credentials.common.StandardCredentials {
    hudson.util.Secret getSecret();
}
