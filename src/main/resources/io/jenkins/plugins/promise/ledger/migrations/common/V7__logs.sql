-- Logs of promises, compressed and in parts. Times are milliseconds since 1970; zero while a log is being written.
CREATE TABLE promise_log (
    promise TEXT    NOT NULL,
    part    INTEGER NOT NULL,
    until   BIGINT  NOT NULL,
    content ${bytes},
    PRIMARY KEY (promise, part)
);

CREATE INDEX promise_log_until ON promise_log (until);
