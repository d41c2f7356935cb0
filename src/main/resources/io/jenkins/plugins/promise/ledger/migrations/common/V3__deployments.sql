-- The deployed versions. They never change, but for when they were last used.
CREATE TABLE version (
    version     TEXT   NOT NULL PRIMARY KEY,
    description TEXT   NOT NULL,
    source      TEXT,
    files       ${bytes},
    deployed    BIGINT NOT NULL,
    used        BIGINT NOT NULL
);

-- What common names stand for: the versions one after the other, the last one is what counts now.
CREATE TABLE common_name (
    name  TEXT NOT NULL PRIMARY KEY,
    suite TEXT,
    token TEXT,
    stood TEXT NOT NULL
);

-- Grows with every deployment, rollback and pruning, so that other controllers notice.
CREATE TABLE deployment (
    id       INTEGER NOT NULL PRIMARY KEY,
    revision BIGINT  NOT NULL
);

INSERT INTO deployment (id, revision) VALUES (1, 0);
