import { describe, expect, it } from "vitest";
import { namingMatcher, scopeMatcher } from "../../src/gates/scope-match.ts";

describe("scopeMatcher", () => {
  it.each([
    ["src/**", "src/a/b.js"],
    ["src/*.js", "src/a.js"],
    ["src", "src/a/b.js"],
    ["src/", "src/a.js"],
    ["./src/a.js", "src/a.js"],
    ["**/*.md", "README.md"],
    ["**", ".env"],
    ["*", "a/b"],
    ["src/{a,b}/**", "src/b/x.js"],
    ["packages/*/src", "packages/core/src/a.ts"],
    ["app/[slug]/page.tsx", "app/[slug]/page.tsx"],
    ["app/(group)", "app/(group)/page.tsx"],
    [".", "x/y"],
    ["!odd.js", "!odd.js"],
  ])("covers with %s the path %s", (entry, path) => expect(scopeMatcher([entry])(path)).toBe(true));
  it.each([
    ["src/**", "lib/a.js"],
    ["src", "src-evil/a.js"],
    ["src/*.js", "src/a.ts"],
    ["!src/**", "lib/a.js"],
    ["", "a"],
    ["src/a.js", "src/a.jsx"],
    ["+(a|b)/**", "a/x"],
    ["[", "a"],
  ])("does not cover with %s the path %s", (entry, path) => expect(scopeMatcher([entry])(path)).toBe(false));
});

describe("namingMatcher", () => {
  it("leaves out entries that name nothing", () => {
    for (const entry of ["**", "*", "**/*", ".", "*.json", "**/*.json", "{*,x*}"])
      expect(namingMatcher([entry])("package-lock.json")).toBe(false);
    for (const entry of ["package-lock.json", "**/package-lock.json"])
      expect(namingMatcher([entry])("package-lock.json")).toBe(true);
    expect(namingMatcher([".github/**"])(".github/workflows/ci.yml")).toBe(true);
  });
});
