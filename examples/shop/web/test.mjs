import assert from "node:assert";
import { test } from "node:test";
import { page } from "./src/page.mjs";

test("the page has a title", () => {
    assert.match(page("Parts"), /<title>Parts<\/title>/);
});
