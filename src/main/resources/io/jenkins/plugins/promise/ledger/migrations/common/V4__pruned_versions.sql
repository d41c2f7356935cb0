-- The versions that were pruned, so that a controller knows its job of one from the job of a version that another ledger
-- knows. Times are milliseconds since 1970.
CREATE TABLE pruned_version (
    version TEXT   NOT NULL PRIMARY KEY,
    pruned  BIGINT NOT NULL
);
