package io.jenkins.plugins.promise.watching.component;

import com.google.re2j.Pattern;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a component file may name as a repository: what git takes, without what git would run or must not be told. */
public final class RepositoryUrl {
    private static final Set<String> SCHEMES = Set.of("https", "http", "ssh", "git", "file");
    private static final Pattern PLAIN = Pattern.compile("[^\\s\\x00-\\x1f\\x7f'\"`$\\\\]+");
    private static final Pattern BEFORE_PATH = Pattern.compile("[A-Za-z0-9._-]+@[A-Za-z0-9._-]+:[^:].*");

    private RepositoryUrl() {}

    /** What is wrong with it, as the end of a sentence that begins with the key. */
    public static Optional<String> problem(String url) {
        if (!PLAIN.matches(url) || url.startsWith("-")) {
            return Optional.of("must be a URL, without spaces and quotes");
        }
        if (url.startsWith("/") || BEFORE_PATH.matches(url)) {
            return Optional.empty();
        }
        URI uri;
        try {
            uri = URI.create(url);
        } catch (IllegalArgumentException e) {
            return Optional.of("is no URL: " + e.getCause().getMessage());
        }
        if (uri.getScheme() == null || !SCHEMES.contains(uri.getScheme().toLowerCase(Locale.ROOT))) {
            return Optional.of(
                    "must be as in https://git.example/shop.git, git@git.example:shop.git or /srv/git/shop.git");
        }
        String user = uri.getRawUserInfo();
        if (user != null && (user.contains(":") || uri.getScheme().startsWith("http"))) {
            return Optional.of("must hold no user or password: git's credential helper gives those on the machine");
        }
        return Optional.empty();
    }
}
