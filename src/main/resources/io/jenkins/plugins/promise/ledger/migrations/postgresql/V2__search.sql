-- The words by which promises are found.
CREATE TABLE promise_search (
    number BIGINT   NOT NULL PRIMARY KEY,
    words  TSVECTOR NOT NULL
);

CREATE INDEX promise_search_words ON promise_search USING GIN (words);
