import assert from "node:assert/strict";
import { test } from "node:test";
import { isSlug, slugify } from "../src/index.js";

test("words are joined by a dash, in lower case", () => {
  assert.equal(slugify("Hello, big World!"), "hello-big-world");
});

test("an apostrophe does not part a word", () => {
  assert.equal(slugify("The reader's choice"), "the-readers-choice");
});

test("symbols with a name are spelt out", () => {
  assert.equal(slugify("salt & pepper"), "salt-and-pepper");
  assert.equal(slugify("100% + more"), "100-percent-plus-more");
});

test("a text without a letter has an empty slug", () => {
  assert.equal(slugify(""), "");
  assert.equal(slugify("…!?"), "");
});

test("a text that is no string is refused", () => {
  assert.throws(() => slugify(42), TypeError);
});

test("capitals can be kept", () => {
  assert.equal(slugify("Hello World", { lowercase: false }), "Hello-World");
});

test("replacements come first", () => {
  assert.equal(slugify("I ♥ slugs", { replacements: { "♥": "love" } }), "i-love-slugs");
});

test("every slug is a slug", () => {
  for (const text of ["Hello World", "a_b.c", "Ünïcödé", "-- x --", "100%"]) {
    assert.ok(isSlug(slugify(text)), text);
  }
});
