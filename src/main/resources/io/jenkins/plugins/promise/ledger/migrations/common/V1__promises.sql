-- The controllers that share this ledger. One that is gone writes nothing any more.
CREATE TABLE controller (
    id      TEXT    NOT NULL PRIMARY KEY,
    home    TEXT    NOT NULL,
    address TEXT    NOT NULL,
    started BIGINT  NOT NULL,
    beat    BIGINT  NOT NULL,
    gone    INTEGER NOT NULL
);

-- One row a promise. What is looked for stands in columns, the rest in the record, whose form has the number in format.
-- Times are milliseconds since 1970.
CREATE TABLE promise (
    number       ${number},
    id           TEXT    NOT NULL UNIQUE,
    format       INTEGER NOT NULL,
    job          TEXT    NOT NULL,
    version      TEXT    NOT NULL,
    lane         TEXT    NOT NULL,
    state        TEXT    NOT NULL,
    open         INTEGER NOT NULL,
    parent       TEXT,
    owner        TEXT    NOT NULL,
    epoch        INTEGER NOT NULL,
    accepted     BIGINT  NOT NULL,
    deadline     BIGINT  NOT NULL,
    settled      BIGINT,
    closed       BIGINT,
    reason       TEXT,
    given_up     INTEGER NOT NULL,
    queue_item   BIGINT,
    set_aside    TEXT,
    cancel_by    TEXT,
    record       TEXT    NOT NULL
);

-- Lists show what came from outside, newest first.
CREATE INDEX promise_outermost ON promise (number) WHERE parent IS NULL;
CREATE INDEX promise_by_state ON promise (state, number) WHERE parent IS NULL;
CREATE INDEX promise_by_job ON promise (job, number);
CREATE INDEX promise_open ON promise (number) WHERE open = 1 AND parent IS NULL;
CREATE INDEX promise_given_up ON promise (number) WHERE given_up > 0;
CREATE INDEX promise_set_aside ON promise (number) WHERE set_aside IS NOT NULL;
-- What is to be done.
CREATE INDEX promise_owned ON promise (owner, number) WHERE open = 1;
CREATE INDEX promise_waiting ON promise (lane, number) WHERE state = 'PENDING';
CREATE INDEX promise_deadline ON promise (deadline) WHERE settled IS NULL;
CREATE INDEX promise_cancel ON promise (owner) WHERE cancel_by IS NOT NULL AND settled IS NULL;
CREATE INDEX promise_closed ON promise (closed) WHERE closed IS NOT NULL;
-- What belongs together.
CREATE INDEX promise_child ON promise (parent, number) WHERE parent IS NOT NULL;
CREATE INDEX promise_queue_item ON promise (queue_item) WHERE queue_item IS NOT NULL;

-- The outbox: a report or registration on its way to one callback. Due is when the courier may bring it.
CREATE TABLE delivery (
    promise  TEXT   NOT NULL,
    input    TEXT   NOT NULL,
    place    INTEGER NOT NULL,
    owner    TEXT   NOT NULL,
    receiver TEXT   NOT NULL,
    state    TEXT   NOT NULL,
    due      BIGINT,
    record   TEXT   NOT NULL,
    PRIMARY KEY (promise, input)
)${clustered};

CREATE INDEX delivery_due ON delivery (owner, receiver, due) WHERE due IS NOT NULL;

CREATE TABLE report (
    promise TEXT NOT NULL PRIMARY KEY,
    report  TEXT NOT NULL
);

-- Which promise a client's idempotency key belongs to; the hash is over the job's common name and the key.
CREATE TABLE idempotency_key (
    hash        TEXT NOT NULL PRIMARY KEY,
    promise     TEXT NOT NULL,
    fingerprint TEXT NOT NULL
)${clustered};

CREATE INDEX idempotency_key_promise ON idempotency_key (promise);
