-- The last commit of a component whose build-test passed, and the last one that was started. Times are milliseconds since 1970.
CREATE TABLE watched_component (
    component     TEXT   NOT NULL PRIMARY KEY,
    passed        TEXT,
    passed_number BIGINT NOT NULL,
    passed_since  BIGINT NOT NULL,
    started       TEXT,
    promise       TEXT
);

-- The branches that components are built from, as they were seen last. Without a head it is not there.
CREATE TABLE watched_branch (
    repository TEXT   NOT NULL,
    branch     TEXT   NOT NULL,
    head       TEXT,
    told       TEXT   NOT NULL,
    since      BIGINT NOT NULL,
    PRIMARY KEY (repository, branch)
);
