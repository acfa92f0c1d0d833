import { describe, expect, it } from "vitest";
import { isDocFile, isProtected, isSourceFile, isTestFile } from "../../src/gates/file-classes.ts";

describe("isTestFile", () => {
  it.each([
    "test/slug.js",
    "packages/a/tests/x.py",
    "src/slug.test.ts",
    "src/slug.spec.jsx",
    "src/__tests__/a.js",
    "test_slug.py",
    "pkg/slug_test.go",
    "spec/slug_spec.rb",
    "src/SlugTest.java",
    "SlugTests.cs",
    "conftest.py",
    "src/a.snap",
    "testdata/x.golden",
    "src/test.js",
    "e2e/login.ts",
    "test/fixtures/a.json",
  ])("knows %s", (path) => expect(isTestFile(path)).toBe(true));
  it.each([
    "src/slug.js",
    "src/contest.js",
    "src/latest.ts",
    "lib/attest.py",
    "docs/testing.md",
    "src/protest/x.js",
    "src/Manifest.java",
  ])("does not take %s for one", (path) => expect(isTestFile(path)).toBe(false));
});

describe("isProtected", () => {
  it.each([
    ".claude/settings.json",
    "sub/.claude/agents/a.md",
    ".pm/x",
    ".gitignore",
    ".gitattributes",
    ".github/workflows/ci.yml",
    ".gitlab-ci.yml",
    ".circleci/config.yml",
    "Jenkinsfile",
    "azure-pipelines.yml",
    "package-lock.json",
    "packages/a/pnpm-lock.yaml",
    "yarn.lock",
    "Cargo.lock",
    "poetry.lock",
    "go.sum",
    "Gemfile.lock",
    "composer.lock",
    "eslint.config.mjs",
    ".eslintrc",
    ".eslintrc.cjs",
    "biome.json",
    "biome.jsonc",
    ".prettierrc.yaml",
    "tsconfig.json",
    "tsconfig.build.json",
    "mypy.ini",
    "ruff.toml",
    ".flake8",
    "pyproject.toml",
    "setup.cfg",
    "pytest.ini",
    "tox.ini",
    "vitest.config.ts",
    "jest.config.js",
    ".mocharc.yml",
    "ava.config.js",
    "playwright.config.ts",
    ".npmrc",
    ".yarnrc.yml",
    "conftest.py",
    "tests/conftest.py",
    "Makefile",
    ".husky/pre-commit",
    ".pre-commit-config.yaml",
    ".golangci.yml",
    ".rubocop.yml",
    ".coveragerc",
    "setup.py",
    "node_modules/.bin/node",
    "packages/a/node_modules/x/index.js",
    "vite.config.ts",
    "src/setupTests.js",
    "pytest.py",
    "unittest/__init__.py",
  ])("knows %s", (path) => expect(isProtected(path)).toBe(true));
  it.each([
    "src/slug.js",
    "README.md",
    "package.json",
    "src/git/x.ts",
    "lib/lock.ts",
    "src/tasks.py",
    "config/app.json",
    "Dockerfile",
    "src/makefile.ts",
    "docs/eslint.md",
    "src/prettier-output.ts",
    "jest.md",
    "src/pm/x.ts",
    "src/types.py",
    "json/index.js",
    "src/setup.js",
  ])("does not take %s for one", (path) => expect(isProtected(path)).toBe(false));
});

describe("isDocFile", () => {
  it.each([
    "README.md",
    "docs/a.rst",
    "LICENSE",
    "LICENSE-MIT",
    "CHANGELOG",
    "NOTICE.txt",
    "docs/img/a.png",
    "doc/notes.txt",
  ])("knows %s", (path) => expect(isDocFile(path)).toBe(true));
  it.each([
    "docs/conf.py",
    "docs/build.js",
    "requirements.txt",
    "CMakeLists.txt",
    "readme.js",
    "src/page.mdx",
    "test/fixtures/a.md",
    ".claude/CLAUDE.md",
    ".github/README.md",
    "package.json",
    "changes.py",
    "install",
    "logo.png",
    "robots.txt",
  ])("does not take %s for one", (path) => expect(isDocFile(path)).toBe(false));
});

describe("isSourceFile", () => {
  it("tells code from data", () => {
    expect(["a.ts", "a.mjs", "a.py", "a.go", "a.rs", "a.vue", "a.sh"].every(isSourceFile)).toBe(true);
    expect(["a.json", "a.md", "a.png", "LICENSE", "a.yml"].some(isSourceFile)).toBe(false);
  });
});
