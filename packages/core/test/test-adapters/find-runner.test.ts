import { describe, expect, it } from "vitest";
import { splitWords } from "../../src/project/split-words.ts";
import { watchedCommand } from "../../src/test-adapters/watched-command.ts";

const DIR = "/run";

async function watched(
  line: string,
  scripts: Record<string, string> = {},
  files: Record<string, string> = {},
) {
  const split = splitWords(line);
  if ("problem" in split) throw new Error(split.problem);
  const all: Record<string, string> = { "package.json": JSON.stringify({ scripts }), ...files };
  return watchedCommand(
    split.words,
    { files: async () => Object.keys(all), readFile: async (name) => all[name] ?? null },
    DIR,
  );
}
const VITEST = ["--reporter=default", "--reporter=/run/vitest.mjs"];
const MOCHA = ["--require", "/run/mocha.cjs"];

describe("the test runner behind a command", () => {
  it.each([
    ["node --test", {}, "node:test"],
    ["node --import tsx --test test/a.ts", {}, "node:test"],
    ["node server.js --test", {}, null],
    ["node --test-timeout=9 --test test/a.js", {}, "node:test"],
    ["npm test", { test: "node --test" }, "node:test"],
    ["npm t", { test: "tsc && node --test" }, "node:test"],
    ["npm run unit", { unit: "NODE_ENV=test node --test 'test/**/*.js'" }, "node:test"],
    [
      "npm test",
      { test: "npm run lint && npm run unit", lint: "eslint .", unit: "node --test" },
      "node:test",
    ],
    ["npm test", { test: "c8 --check-coverage node --test" }, "node:test"],
    ["python3 -m pytest -q", {}, "pytest"],
    ["uv run pytest", {}, "pytest"],
    ["python3 -I -m pytest", {}, null],
    ["env PYTHONPATH=src pytest", {}, null],
    ["go test ./...", {}, "go test"],
    ["npm test", { test: "vitest run && node --test" }, null],
    ["npm test", { test: "vitest run | tee log" }, null],
    ["npm test", { test: "node --test; true" }, null],
    ["npm test", { test: "node --test || true" }, null],
    ["npm test", { test: "NODE_OPTIONS=--no-warnings node --test" }, null],
    ["npm test", { test: "npm test" }, null],
    ["npm test", { test: "node test.js" }, null],
    ["npm test", { test: "node run.js vitest" }, null],
    ["npm test -w packages/a", { test: "node --test" }, null],
    ["npm install", { install: "node --test" }, null],
    ["cargo test", {}, null],
    ["make test", { test: "node --test" }, null],
    ["echo vitest", {}, null],
  ])("of %s is found, or is not where nobody can tell: %#", async (line, scripts, runner) => {
    expect((await watched(line, scripts as Record<string, string>))?.runner ?? null).toBe(runner);
  });

  it.each([
    ["vitest run", {}, VITEST],
    ["npx vitest run --reporter=dot", {}, ["--reporter=/run/vitest.mjs"]],
    ["npm test", { test: "tsc -p . && vitest run" }, ["--", ...VITEST]],
    ["npm test -- --bail 1", { test: "vitest run" }, VITEST],
    ["npm test", { test: "npm run unit", unit: "mocha" }, ["--", "--", ...MOCHA]],
    ["pnpm test", { test: "npm run unit", unit: "mocha" }, ["--", ...MOCHA]],
    ["yarn test", { test: "cross-env CI=1 mocha" }, MOCHA],
    ["pnpm exec mocha", {}, MOCHA],
    ["node node_modules/mocha/bin/mocha.js", {}, MOCHA],
  ])("of %s gets its reporter as the last of its arguments: %#", async (line, scripts, added) => {
    const found = await watched(line, scripts as Record<string, string>);
    expect(found?.argv.join(" ")).toBe([line, ...added].join(" "));
  });

  it("is let alone where arguments would arrive somewhere else", async () => {
    expect(await watched("npm test", { test: "vitest run && eslint ." })).toBeNull();
  });
  it("is let alone where the project has reporters of its own, which ours would displace", async () => {
    const config = { "vitest.config.ts": "export default { test: { reporters: ['junit'] } }" };
    expect(await watched("vitest run", {}, config)).toBeNull();
    expect(await watched("vitest run", {}, { "vitest.config.ts": "export default {}" })).not.toBeNull();
  });
});
