-- The words by which promises are found; the row id is the promise's number.
CREATE VIRTUAL TABLE promise_search USING fts5 (words, content = '', contentless_delete = 1, tokenize = 'unicode61');
