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

  it.each([
    ["packages/app/package.json", "packages/app/package.json"],
    ["./packages/app/package.json", "packages/app/package.json"],
    ["packages/*/package.json", "packages/app/package.json"],
    ["**/tsconfig.json", "packages/app/tsconfig.json"],
    ["app/[slug]/package.json", "app/[slug]/package.json"],
    [".github", ".github/workflows/ci.yml"],
    [".github/workflows/*.yml", ".github/workflows/ci.yml"],
    ["packages/app/.vscode/**", "packages/app/.vscode/settings.json"],
    ["**/.husky/**", "packages/app/.husky/pre-commit"],
    [".devcontainer/", ".devcontainer/devcontainer.json"],
  ])("takes %s for the name of %s", (entry, path) => expect(namingMatcher([entry])(path)).toBe(true));
  it.each([
    ["packages/app/**", "packages/app/package.json"],
    ["packages/app/*", "packages/app/package.json"],
    ["packages/app", "packages/app/package.json"],
    ["packages/app/", "packages/app/tsconfig.json"],
    ["packages/app/*.json", "packages/app/package.json"],
    ["packages/**", "packages/app/.github/workflows/ci.yml"],
    ["packages/**/*", "packages/app/Makefile"],
    [".", "Makefile"],
    ["src/**", "src/.gitattributes"],
    [".github/**", "package.json"],
  ])("does not take %s for the name of %s", (entry, path) =>
    expect(namingMatcher([entry])(path)).toBe(false),
  );
});
