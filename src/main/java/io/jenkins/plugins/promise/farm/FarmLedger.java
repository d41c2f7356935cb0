package io.jenkins.plugins.promise.farm;

/**
 * Where the promises of a farm are kept.
 *
 * @param kind where
 * @param url the database; null if the farm's file names none
 */
public record FarmLedger(Kind kind, String url) {
    /** A file in the one controller's home. */
    public static final FarmLedger EMBEDDED = new FarmLedger(Kind.EMBEDDED, null);

    /** The places. */
    public enum Kind {
        /** In the controller's home. */
        EMBEDDED,
        /** In a PostgreSQL that is there. */
        POSTGRESQL,
        /** In a PostgreSQL that is made with the farm. */
        RDS
    }

    /** Whether several controllers may have it. */
    public boolean shared() {
        return kind != Kind.EMBEDDED;
    }
}
