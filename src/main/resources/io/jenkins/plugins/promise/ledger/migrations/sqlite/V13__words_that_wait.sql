-- Words that promise_search does not have yet: it takes many together, before anybody searches.
CREATE TABLE promise_search_waiting (
    number INTEGER NOT NULL PRIMARY KEY,
    words  TEXT    NOT NULL
);
