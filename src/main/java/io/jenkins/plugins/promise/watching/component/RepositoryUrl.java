package io.jenkins.plugins.promise.watching.component;

import com.google.re2j.Pattern;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a component file may name as a repository: what git takes, without what git would run or must not be told. */
public final class RepositoryUrl {
    private static final String HELPER = "git's credential helper gives passwords on the machine";
    private static final Set<String> SCHEMES = Set.of("https", "http", "ssh", "git", "file");
    private static final Pattern PLAIN = Pattern.compile("[^\\s\\x00-\\x1f\\x7f'\"`$\\\\]+");
    private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x1f\\x7f]");
    /** No %: git decodes what is of ssh and git before it looks for the end of the host, and so comes to another one. */
    private static final Pattern HOST =
            Pattern.compile("([A-Za-z0-9._-]+@)?([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+\\])(:[0-9]*)?");

    private static final Pattern BEFORE_PATH = Pattern.compile("[A-Za-z0-9._-]+@[A-Za-z0-9._-]+:[^:].*");

    private RepositoryUrl() {}

    /** The same without the user and the password that a build server may have cloned it with; they are nobody else's. */
    public static String withoutPassword(String url) {
        return url.replaceFirst("^((?i)https?://)[^/?#]*@", "$1");
    }

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
        // As it is written: git knows no HTTPS://, and takes file:/srv for the host "file".
        String scheme = url.contains("://") ? url.substring(0, url.indexOf("://")) : "";
        String authority = uri.getRawAuthority();
        boolean complete = scheme.equals("file") ? url.startsWith("file:///") : authority != null;
        if (!SCHEMES.contains(scheme) || !complete) {
            return Optional.of(
                    "must be as in https://git.example/shop.git, git@git.example:shop.git or /srv/git/shop.git");
        }
        return credentials(scheme, String.valueOf(authority))
                .or(() -> Optional.ofNullable(uri.getRawQuery())
                        .map(q -> "must hold no ?" + q.replaceFirst("[=&].*", "") + ": " + HELPER))
                .or(() -> uri.getRawFragment() == null
                        ? Optional.empty()
                        : Optional.of("must hold no #, which git does not understand"))
                .or(() -> authority == null || HOST.matches(authority)
                        ? Optional.empty()
                        : Optional.of("must name its host in letters, digits, dots and dashes, as in git.example:8443"))
                .or(() -> CONTROL.matcher(String.valueOf(uri.getPath())).find()
                        ? Optional.of("must hold no control characters such as %00")
                        : Optional.empty());
    }

    /** Java finds no user before a host with an underscore; the last @ ends what is said of one. */
    private static Optional<String> credentials(String scheme, String authority) {
        int at = authority.lastIndexOf('@');
        if (at < 0) {
            return Optional.empty();
        }
        String user = authority.substring(0, at).toLowerCase(Locale.ROOT);
        return scheme.equals("ssh") && !user.contains(":") && !user.contains("%3a")
                ? Optional.empty()
                : Optional.of("must hold no user or password before " + authority.substring(at) + ": " + HELPER);
    }
}
