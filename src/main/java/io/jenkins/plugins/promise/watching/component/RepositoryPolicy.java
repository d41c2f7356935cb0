package io.jenkins.plugins.promise.watching.component;

import com.google.re2j.Pattern;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which repositories a controller may fetch.
 *
 * @param allowed if not empty, only these: a host's name or address, {@code *.domain} for every host below a domain, or a
 *     folder of this machine with all in it ({@code /srv/git}). No ranges of addresses: it is git that looks names up.
 */
public record RepositoryPolicy(List<String> allowed) {
    /** Whatever git can reach. */
    public static final RepositoryPolicy ANY = new RepositoryPolicy(List.of());

    private static final Pattern NAME =
            Pattern.compile("(\\*\\.)?[a-z0-9_-]+(\\.[a-z0-9_-]+)*|[0-9a-f:.]*:[0-9a-f:.]*");

    /**
     * Copies what it is given.
     *
     * @throws IllegalArgumentException if one is none of what is said above; the message names it
     */
    public RepositoryPolicy {
        allowed = new ArrayList<>(allowed.stream().map(RepositoryPolicy::normal).toList());
        for (String one : allowed) {
            if (!one.startsWith("/") && !NAME.matches(one)) {
                throw new IllegalArgumentException("'" + one
                        + "' is no place of repositories: write a host's name, *.domain for every host below one, or a"
                        + " folder of this machine such as /srv/git");
            }
        }
    }

    private static String normal(String one) {
        return one.startsWith("/") ? Path.of(one).normalize().toString() : one.toLowerCase(Locale.ROOT);
    }

    /**
     * Why a repository may not be fetched, as the end of a sentence that begins with it.
     *
     * @param repository one that {@link RepositoryUrl} has no problem with
     * @return nothing if it may
     */
    public Optional<String> refusal(String repository) {
        if (allowed.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> folder = folder(repository);
        if (folder.isPresent()) {
            return allowed.stream().filter(a -> a.startsWith("/")).anyMatch(a -> Path.of(folder.get())
                            .startsWith(a))
                    ? Optional.empty()
                    : Optional.of("is in the folder " + folder.get() + ", which is not among the allowed repositories");
        }
        String host = host(repository);
        return allowed.contains(host)
                        || allowed.stream().anyMatch(a -> a.startsWith("*.") && host.endsWith(a.substring(1)))
                ? Optional.empty()
                : Optional.of("has the host " + host + ", which is not among the allowed repositories");
    }

    private static Optional<String> folder(String repository) {
        String path = repository;
        if (repository.regionMatches(true, 0, "file:", 0, 5)) {
            path = URI.create(repository).getPath();
        }
        return path.startsWith("/") ? Optional.of(Path.of(path).normalize().toString()) : Optional.empty();
    }

    private static String host(String repository) {
        int scheme = repository.indexOf("://");
        String authority = scheme < 0
                ? repository.substring(0, repository.indexOf(':'))
                : URI.create(repository).getRawAuthority().replaceFirst(":[0-9]*$", "");
        String host = authority.substring(authority.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
        return host.replaceFirst("^\\[(.*)\\]$", "$1").replaceFirst("\\.$", "");
    }
}
