import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { asksForDocumentation, namesFile } from "../../src/gates/points-at.ts";

describe("A text names a file", () => {
  it.each([
    ["Change src/slug.js", "src/slug.js"],
    ["Use Node 22 in the Dockerfile", "docker/Dockerfile"],
    ["make test-output quieter", "bin/test-output.sh"],
    ["Add `fr` to the countries", "data/countries.json"],
  ])("%j, %s", (text, path) => expect(namesFile(text, path)).toBe(true));
  it.each([
    ["Let slugs be shorter", "src/slug.js"],
    ["Do it in a go", "a.go"],
  ])("but not %j, %s", (text, path) => expect(namesFile(text, path)).toBe(false));
  it("whatever signs its name has", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: "grapheme" }), (name) => {
        const path = `src/${name.replaceAll("/", "")}x`;
        expect(namesFile(`Change ${path} so`, path)).toBe(true);
      }),
    );
  });
});

describe("A text asks for documentation", () => {
  it.each(["Fix the typos", "Document --json", "Say so in the readme", "Add a CHANGELOG entry"])(
    "%j",
    (text) => expect(asksForDocumentation(text)).toBe(true),
  );
  it("and one about behaviour does not", () =>
    expect(asksForDocumentation("Make slug return an empty string.")).toBe(false));
});
