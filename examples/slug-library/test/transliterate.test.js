import assert from "node:assert/strict";
import { test } from "node:test";
import { transliterate } from "../src/index.js";

test("accents are taken off", () => {
  assert.equal(transliterate("Crème brûlée"), "Creme brulee");
});

test("composed and decomposed letters give the same", () => {
  assert.equal(transliterate("e\u0301"), transliterate("\u00e9"));
});

test("letters without a base letter have a spelling", () => {
  assert.equal(transliterate("Straße, Łódź, smørrebrød"), "Strasse, Lodz, smorrebrod");
});

test("Greek and Cyrillic are spelt in Latin letters", () => {
  assert.equal(transliterate("Ωμέγα"), "Omega");
  assert.equal(transliterate("Чайковский"), "Chaykovskiy");
});

test("what is not known stays as it is", () => {
  assert.equal(transliterate("日本 ok"), "日本 ok");
});
