/** A small library in JavaScript that most cases work on: `slug("")` throws, and is asked not to. */
import { command } from "./command.mjs";

const manifest = { name: "sample", type: "module", scripts: { test: "node --test" } };

/** @type {Readonly<Record<string, string>>} */
export const SAMPLE_FILES = {
  "package.json": `${JSON.stringify(manifest, null, 2)}\n`,
  "src/slug.js": `export function slug(text) {
  if (text === "") throw new Error("empty");
  return text.toLowerCase().split(" ").join("-");
}
`,
  "test/slug.test.js": `import assert from "node:assert/strict";
import { test } from "node:test";
import { slug } from "../src/slug.js";

test("words are joined by dashes", () => assert.equal(slug("Hello World"), "hello-world"));
test("a word stays one", () => assert.equal(slug("Hello"), "hello"));
`,
  "README.md": "# Sample\n\nMakes slugs.\n",
  ".gitignore": "node_modules\n.cache\n",
};

export const SLUG_TASK = {
  prompt: "Make `slug` return an empty string for an empty string.",
  checks: [command("node", "--test", "test/empty.test.js")],
};

export const FIXED_SLUG = `export function slug(text) {
  return text.toLowerCase().split(" ").join("-");
}
`;

/** Changes the case of nothing: what a test of the base sees at once. */
export const BROKEN_SLUG = `export function slug(text) {
  return text.split(" ").join("-");
}
`;

export const EMPTY_TEST = `import assert from "node:assert/strict";
import { test } from "node:test";
import { slug } from "../src/slug.js";

test("slug of an empty string is empty", () => assert.equal(slug(""), ""));
`;

/** Does the sample's task as it should be done. @param {import("./agent.mjs").Agent} agent */
export function doTheWork(agent) {
  agent.write("src/slug.js", FIXED_SLUG);
  agent.write("test/empty.test.js", EMPTY_TEST);
}

/** package.json of the sample with other scripts. @param {Record<string, string>} scripts */
export const withScripts = (scripts, more = {}) =>
  `${JSON.stringify({ ...manifest, ...more, scripts: { ...manifest.scripts, ...scripts } }, null, 2)}\n`;
