package com.cloudbees.plugins.credentials;

/** What promise jobs use of this class of credentials; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class CredentialsProvider
        extends hudson.model.Descriptor<com.cloudbees.plugins.credentials.CredentialsProvider>
        implements hudson.model.Describable<com.cloudbees.plugins.credentials.CredentialsProvider> {
    public static <C extends com.cloudbees.plugins.credentials.Credentials>
            java.util.List<C> lookupCredentialsInItemGroup(
                    Class<C> type,
                    hudson.model.ItemGroup itemGroup,
                    org.springframework.security.core.Authentication authentication,
                    java.util.List<com.cloudbees.plugins.credentials.domains.DomainRequirement> domainRequirements) {
        throw new UnsupportedOperationException();
    }

    private CredentialsProvider() {
        throw new UnsupportedOperationException();
    }
}
