-- The versions of which nothing is started until somebody resumes them. Times are milliseconds since 1970.
CREATE TABLE paused_version (
    version   TEXT   NOT NULL PRIMARY KEY,
    paused_by TEXT   NOT NULL,
    since     BIGINT NOT NULL
);
