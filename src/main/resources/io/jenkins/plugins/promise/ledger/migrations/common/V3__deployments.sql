-- The deployed versions. They never change, but for when they were last used; one that is damaged gets another upload.
-- Times are milliseconds since 1970.
CREATE TABLE version (
    version     TEXT   NOT NULL PRIMARY KEY,
    description TEXT   NOT NULL,
    upload      TEXT   NOT NULL UNIQUE,
    deployed    BIGINT NOT NULL,
    used        BIGINT NOT NULL
);

-- The files that came together for a version. Those that no version names are on their way in, or their owner's to
-- remove; if that controller is gone, anybody's.
CREATE TABLE version_upload (
    upload TEXT NOT NULL PRIMARY KEY,
    owner  TEXT NOT NULL
);

-- Files in parts, so that none is in memory whole. An empty part has no content.
CREATE TABLE version_file (
    upload  TEXT    NOT NULL,
    path    TEXT    NOT NULL,
    part    INTEGER NOT NULL,
    content ${bytes},
    PRIMARY KEY (upload, path, part)
);

-- What common names stand for: the versions one after the other, as JSON, the last one is what counts now.
CREATE TABLE common_name (
    name  TEXT NOT NULL PRIMARY KEY,
    suite TEXT NOT NULL,
    token TEXT,
    stood TEXT NOT NULL
);

-- Grows with every deployment, rollback and pruning, so that other controllers notice.
CREATE TABLE deployment (
    id       INTEGER NOT NULL PRIMARY KEY,
    revision BIGINT  NOT NULL
);

INSERT INTO deployment (id, revision) VALUES (1, 0);
