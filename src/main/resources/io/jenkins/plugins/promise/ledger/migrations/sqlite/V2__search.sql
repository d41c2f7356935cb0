-- The words by which promises are found; the row id is the promise's number. Where in them a word stands is not asked.
CREATE VIRTUAL TABLE promise_search USING fts5 (words, content = '', contentless_delete = 1, detail = none, tokenize = 'unicode61');
-- Which words there are.
CREATE VIRTUAL TABLE promise_search_term USING fts5vocab (promise_search, instance);
