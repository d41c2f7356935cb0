-- The components that suites were made of, and what to watch of each, as JSON. Times are milliseconds since 1970.
CREATE TABLE declared_component (
    component  TEXT   NOT NULL PRIMARY KEY,
    suite      TEXT   NOT NULL,
    definition TEXT   NOT NULL,
    since      BIGINT NOT NULL
);

-- What went wrong last when a branch was looked at, and since when it did; it stays when all is well again.
ALTER TABLE watched_branch ADD COLUMN error TEXT;
ALTER TABLE watched_branch ADD COLUMN error_since BIGINT;
