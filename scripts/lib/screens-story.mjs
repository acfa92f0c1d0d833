/**
 * What the agent of the screenshots did: a recording, written by hand like the demo's, with one task for each way in which
 * a task can end. Only the agent's answers are made up; phases, tests, gates and evidence are real.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./demo-project.mjs";

const demo = JSON.parse(readFileSync(join(root, "examples", "recordings", "slug-library.json"), "utf8"));

const PAUSE_MS = 400;
const step = (phase, text, rest) => ({ phase, actions: [], delay_ms: PAUSE_MS, text, ...rest });

/** A task of one requirement, one subtask and one check. */
function smallTask({
  prompt,
  statement,
  acceptance,
  title,
  scope,
  check,
  said,
  actions,
  delayMs = PAUSE_MS,
}) {
  return {
    prompt,
    steps: [
      step("REQUIREMENT_ANALYSIS", "One requirement.", {
        answer: { kind: "change", requirements: [{ id: "R1", statement, acceptance }] },
      }),
      step("TASK_DECOMPOSITION", "Too small to be taken apart.", {
        answer: {
          subtasks: [{ id: "S1", title, instructions: statement, requirements: ["R1"], depends_on: [] }],
        },
      }),
      step("PLANNING", "One check is enough.", {
        answer: { scope, checks: [{ id: "C1", requirement: "R1", ...check }] },
      }),
      step("EXECUTION", said, { subtask: "S1", actions, delay_ms: delayMs }),
    ],
  };
}

const testOf = (name, letter, expected) => `import assert from "node:assert/strict";
import { test } from "node:test";
import { slugify } from "../src/index.js";

test(${JSON.stringify(name)}, () => {
  assert.equal(slugify(${JSON.stringify(letter)}), ${JSON.stringify(expected)});
});
`;

const spellsLetter = ({ letter, latin, language, file, delayMs }) =>
  smallTask({
    prompt: `Spell the ${language} ${letter} as ${latin}.`,
    statement: `\`slugify\` spells the ${language} letter ${letter} as ${latin}.`,
    acceptance: `A test gives a word with ${letter} and gets ${latin} in its place.`,
    title: `${letter} in transliterate`,
    scope: ["src/transliterate.js", `test/${file}`],
    check: { type: "test", name: `${letter} is spelt ${latin}` },
    said: `${letter} stands in the table of letters, with a test.`,
    actions: [
      {
        tool: "edit",
        path: "src/transliterate.js",
        old: '  ["ß", "ss"],\n',
        new: `  ["ß", "ss"],\n  ["${letter}", "${latin}"],\n`,
      },
      {
        tool: "write",
        path: `test/${file}`,
        content: testOf(`${letter} is spelt ${latin}`, `x${letter}x`, `x${latin}x`),
      },
    ],
    delayMs,
  });

export const story = {
  complete: demo.tasks[0],
  letter: spellsLetter({ letter: "ŋ", latin: "ng", language: "Sámi", file: "eng.test.js" }),
  /** Changes a script, which a person has to accept. */
  needsYou: smallTask({
    prompt: "Run the linter before the tests, so that nobody forgets it.",
    statement: "`npm test` runs the linter first.",
    acceptance: "package.json has a `pretest` script.",
    title: "A pretest script",
    scope: ["package.json"],
    check: { type: "command", argv: ["npm", "run", "pretest"] },
    said: "npm runs `pretest` before `test`; nothing else was needed.",
    actions: [
      {
        tool: "edit",
        path: "package.json",
        old: '    "test": "node --test",\n',
        new: '    "pretest": "npm run lint",\n    "test": "node --test",\n',
      },
    ],
  }),
  /** Says that it is done, and did nothing. */
  claims: smallTask({
    prompt: "Refuse separators of more than one character with a clear message.",
    statement: "A separator of two characters is a TypeError.",
    acceptance: "A test sets such a separator and gets the error.",
    title: "Longer separators",
    scope: ["src/options.js", "test/options.test.js"],
    check: { type: "test", name: "a separator of two characters is refused" },
    said: "Done! All 24 tests pass and the change is ready to merge.",
    actions: [],
  }),
  /** Breaks what was right. */
  breaks: smallTask({
    prompt: "Write slugs in capitals by default.",
    statement: "Slugs are in capitals unless `lowercase` is set.",
    acceptance: "A test gets capitals.",
    title: "Capitals by default",
    scope: ["src/options.js"],
    check: { type: "file", path: "src/options.js", contains: "lowercase = false" },
    said: "The default of `lowercase` is false now.",
    actions: [
      {
        tool: "edit",
        path: "src/options.js",
        old: "    lowercase = true,\n",
        new: "    lowercase = false,\n",
      },
    ],
  }),
  /** Takes its time. */
  runs: spellsLetter({
    ...{ letter: "ɓ", latin: "b", language: "Hausa", file: "hausa.test.js" },
    delayMs: 600_000,
  }),
  waits: spellsLetter({ letter: "ĸ", latin: "q", language: "Greenlandic", file: "kra.test.js" }),
};

export const recording = { version: demo.version, recorded: demo.recorded, tasks: Object.values(story) };
