package io.jenkins.plugins.promise.watching.component;

/**
 * A branch that components are built from.
 *
 * @param repository what git clones
 * @param name its name
 */
public record Branch(String repository, String name) {
    /** Whether a URL is another one of the same repository, as HTTPS and SSH are. */
    public boolean of(String url) {
        return plain(repository).equals(plain(url));
    }

    /** What all URLs of one repository have in common. */
    public static String plain(String url) {
        return url.replaceFirst("^[a-z+]+://", "")
                .replaceFirst("^[^@/]*@", "")
                .replace(':', '/')
                .replaceFirst("/?(\\.git)?/?$", "");
    }

    @Override
    public String toString() {
        return name + " of " + repository;
    }
}
