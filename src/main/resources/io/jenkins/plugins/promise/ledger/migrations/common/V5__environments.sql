-- The environments that were declared. What is there is the manifest of its head; 0 is none. Whoever changes one of them
-- changes its revision first, and so waits for whoever does at the same time. Times are milliseconds since 1970.
CREATE TABLE environment (
    name      TEXT    NOT NULL PRIMARY KEY,
    place     INTEGER NOT NULL,
    rules     TEXT    NOT NULL,
    revision  BIGINT  NOT NULL,
    head      BIGINT  NOT NULL,
    fence     BIGINT  NOT NULL,
    state     TEXT    NOT NULL,
    frozen    TEXT,
    held      TEXT
);

-- Combinations of components, under an id that follows from their content.
CREATE TABLE manifest (
    id      TEXT   NOT NULL PRIMARY KEY,
    entries TEXT   NOT NULL,
    made    BIGINT NOT NULL
);

-- The manifests that an environment has had, one after the other. Rows are added, and never changed.
CREATE TABLE environment_head (
    environment TEXT   NOT NULL,
    number      BIGINT NOT NULL,
    manifest    TEXT   NOT NULL,
    cause       TEXT   NOT NULL,
    promise     TEXT   NOT NULL,
    at          BIGINT NOT NULL,
    PRIMARY KEY (environment, number)
);

CREATE INDEX environment_head_manifest ON environment_head (environment, manifest);

-- That a manifest passed, built on that head of that environment.
CREATE TABLE verdict (
    manifest    TEXT   NOT NULL,
    base        TEXT   NOT NULL,
    base_number BIGINT NOT NULL,
    at          BIGINT NOT NULL,
    record      TEXT   NOT NULL,
    PRIMARY KEY (manifest, base, base_number)
);

-- That somebody took a manifest into an environment without a verdict.
CREATE TABLE environment_override (
    environment TEXT   NOT NULL,
    manifest    TEXT   NOT NULL,
    who         TEXT   NOT NULL,
    reason      TEXT   NOT NULL,
    at          BIGINT NOT NULL,
    PRIMARY KEY (environment, manifest, at)
);

CREATE TABLE environment_approval (
    environment TEXT   NOT NULL,
    manifest    TEXT   NOT NULL,
    who         TEXT   NOT NULL,
    at          BIGINT NOT NULL,
    ends        BIGINT,
    PRIMARY KEY (environment, manifest)
);

-- Who has an environment, or waits for it, in the order of the numbers. Who has it has a fence.
CREATE TABLE environment_lease (
    environment TEXT   NOT NULL,
    number      BIGINT NOT NULL,
    holder      TEXT   NOT NULL,
    asked       BIGINT NOT NULL,
    fence       BIGINT,
    ends        BIGINT,
    PRIMARY KEY (environment, number)
);

CREATE UNIQUE INDEX environment_lease_holder ON environment_lease (environment, holder);

-- What is known to be in an environment; no entry is: it is not known.
CREATE TABLE environment_place (
    environment TEXT NOT NULL,
    component   TEXT NOT NULL,
    entry       TEXT,
    PRIMARY KEY (environment, component)
);

-- What is done under a lease, as far as it has come; written before anything of it is done.
CREATE TABLE environment_work (
    environment TEXT    NOT NULL,
    fence       BIGINT  NOT NULL,
    holder      TEXT    NOT NULL,
    turn        INTEGER NOT NULL,
    ended       INTEGER NOT NULL,
    at          BIGINT  NOT NULL,
    work        TEXT    NOT NULL,
    PRIMARY KEY (environment, fence)
);

-- Commits on their way. Those that have one place follow each other by number.
CREATE TABLE candidate (
    environment TEXT   NOT NULL,
    number      BIGINT NOT NULL,
    place       BIGINT NOT NULL,
    state       TEXT   NOT NULL,
    told        BIGINT NOT NULL,
    entries     TEXT   NOT NULL,
    record      TEXT   NOT NULL,
    PRIMARY KEY (environment, number)
);

CREATE INDEX candidate_by_state ON candidate (environment, state, place, number);
