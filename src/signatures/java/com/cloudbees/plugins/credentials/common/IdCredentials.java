package com.cloudbees.plugins.credentials.common;

/** What promise jobs use of this class of credentials; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public interface IdCredentials extends com.cloudbees.plugins.credentials.Credentials {
    String getId();
}
