import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import * as library from "../src/index.js";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const EXAMPLE = /^## (.+)\n(?:(?!## )[^\n]*\n)*?```js\n([\s\S]*?)```/gm;

for (const [, heading, code] of readme.matchAll(EXAMPLE)) {
  test(`README: ${heading}`, () => {
    const lines = code.split("\n").filter((line) => line !== "" && !line.startsWith("import "));
    const statements = lines.map((line) => {
      const [, call, expected] = /^(.+); \/\/ => (.+)$/.exec(line) ?? [];
      return call === undefined ? line : `check(${call}, ${expected});`;
    });
    const run = new Function("check", ...Object.keys(library), statements.join("\n"));
    run(assert.equal, ...Object.values(library));
  });
}
