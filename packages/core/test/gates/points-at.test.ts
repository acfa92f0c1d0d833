import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  asksForAccess,
  asksForDocumentation,
  asksForRemoval,
  namesFile,
  speaksOfFile,
} from "../../src/gates/points-at.ts";

describe("A text names a file", () => {
  it.each([
    ["Change src/slug.js", "src/slug.js"],
    ["Say so in Guide.md", "docs/guide.md"],
    ["Use Node 22 in the Dockerfile", "docker/Dockerfile"],
  ])("%j, %s", (text, path) => expect(namesFile(text, path)).toBe(true));
  it("but not where a word is only called so", () => {
    expect(namesFile("Make `slug` return nothing", "docs/slug.md")).toBe(false);
  });
  it("whatever signs its name has", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: "grapheme" }), (name) => {
        const path = `src/${name.replaceAll("/", "")}x`;
        expect(namesFile(`Change ${path} so`, path)).toBe(true);
      }),
    );
  });
});

describe("A text speaks of a file", () => {
  it.each([
    ["make test-output quieter", "bin/test-output.sh"],
    ["Add `fr` to the countries", "data/countries.json"],
    ["Add twenty files of data", "data/part-1.json"],
  ])("%j, %s", (text, path) => expect(speaksOfFile(text, path)).toBe(true));
  it.each([
    ["Let slugs be shorter", "src/slug.js"],
    ["Do it in a go", "a.go"],
  ])("but not %j, %s", (text, path) => expect(speaksOfFile(text, path)).toBe(false));
});

describe("A text asks for documentation", () => {
  it.each([
    "Fix the typos",
    "Document --json",
    "Add --json and document it",
    "Say so in the readme",
    "Add a CHANGELOG entry",
    "Write a short guide for new users",
    "Add installation instructions",
    "Add a Troubleshooting section",
    "Update the license to 2026",
  ])("%j", (text) => expect(asksForDocumentation(text)).toBe(true));
  it.each([
    "Make slug return an empty string.",
    "Return the newest comments of a post first.",
    "Store each document once.",
    "Add a license key check.",
    "Translate error messages",
  ])("but not %j", (text) => expect(asksForDocumentation(text)).toBe(false));
});

describe("A text asks who may run a file, or for a link", () => {
  it.each(["Make bin/run.sh executable", "chmod +x the script", "Add a symlink to main.js"])("%j", (text) =>
    expect(asksForAccess(text)).toBe(true),
  );
  it("but not where it asks for something else", () =>
    expect(asksForAccess("Make src/slug.js return an empty string")).toBe(false));
});

describe("A text asks that something goes", () => {
  it.each(["Delete src/old.js", "The unused helper can go", "Bitte lösche alt.js", "删除 old.js"])(
    "%j",
    (text) => expect(asksForRemoval(text)).toBe(true),
  );
  it("but not where it asks for something else", () =>
    expect(asksForRemoval("Make src/old.js faster")).toBe(false));
});
