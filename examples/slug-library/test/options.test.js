import assert from "node:assert/strict";
import { test } from "node:test";
import { slugify } from "../src/index.js";

test("a slug is cut between words", () => {
  assert.equal(slugify("one two three", { maxLength: 8 }), "one-two");
  assert.equal(slugify("one two three", { maxLength: 7 }), "one-two");
  assert.equal(slugify("one two three", { maxLength: 6 }), "one");
});

test("a first word that is too long is cut", () => {
  assert.equal(slugify("incomprehensibilities", { maxLength: 5 }), "incom");
});

test("only known separators are allowed", () => {
  assert.equal(slugify("a b", { separator: "~" }), "a~b");
  assert.throws(() => slugify("a b", { separator: "/" }), TypeError);
});

test("an unknown option is refused", () => {
  assert.throws(() => slugify("a", { maxlength: 3 }), /unknown option: maxlength/);
});

test("a maximum length is a whole number above 0", () => {
  for (const maxLength of [0, -1, 1.5, "8"]) {
    assert.throws(() => slugify("a", { maxLength }), TypeError);
  }
});
