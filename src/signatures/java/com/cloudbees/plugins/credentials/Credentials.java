package com.cloudbees.plugins.credentials;

/** What promise jobs use of this class of credentials; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public interface Credentials
        extends hudson.model.Describable<com.cloudbees.plugins.credentials.Credentials>, java.io.Serializable {}
