package com.cloudbees.plugins.credentials.common;

/** What promise jobs use of this class of credentials; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public interface StandardCredentials extends com.cloudbees.plugins.credentials.common.IdCredentials {}
