package io.jenkins.plugins.promise.ledger.database;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Where a ledger is kept. */
public sealed interface LedgerLocation {
    /**
     * In a file of SQLite, for one controller.
     *
     * @param folder the folder that holds it and nothing else
     */
    record Embedded(Path folder) implements LedgerLocation {}

    /**
     * In a database of PostgreSQL, for any number of controllers.
     *
     * @param jdbcUrl without user and password
     * @param user null for the operating system's
     * @param password null for none
     */
    record Shared(String jdbcUrl, String user, String password) implements LedgerLocation {
        /** Never the password. */
        @Override
        public String toString() {
            return jdbcUrl;
        }
    }

    /**
     * Reads {@code postgresql://user:password@host:port/database?options}, as libpq has it.
     *
     * @param password used if the URL holds none; null for none
     * @throws IllegalArgumentException saying what is wrong, without the password
     */
    static Shared shared(String url, String password) {
        URI uri;
        try {
            uri = URI.create(url);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "the ledger's URL cannot be read; it must be" + " postgresql://user@host:port/database");
        }
        boolean named = "postgresql".equals(uri.getScheme()) || "postgres".equals(uri.getScheme());
        if (!named
                || uri.getHost() == null
                || uri.getPath() == null
                || uri.getPath().length() < 2) {
            throw new IllegalArgumentException(
                    "the ledger's URL must be postgresql://user@host:port/database, not one of " + uri.getScheme()
                            + "://" + uri.getHost() + uri.getPath());
        }
        String[] who = uri.getRawUserInfo() == null
                ? new String[0]
                : uri.getRawUserInfo().split(":", 2);
        return new Shared(
                "jdbc:postgresql://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort()) + uri.getRawPath()
                        + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery()),
                who.length > 0 ? decoded(who[0]) : null,
                who.length > 1 ? decoded(who[1]) : password);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
