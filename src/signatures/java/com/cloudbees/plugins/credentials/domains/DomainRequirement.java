package com.cloudbees.plugins.credentials.domains;

/** What promise jobs use of this class of credentials; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public class DomainRequirement implements java.io.Serializable {
    private DomainRequirement() {
        throw new UnsupportedOperationException();
    }
}
