import { parseAutomake } from "./test-output/automake.ts";
import { parseAva } from "./test-output/ava.ts";
import { parseCargo } from "./test-output/cargo.ts";
import { parseGo } from "./test-output/go.ts";
import { parseJest } from "./test-output/jest.ts";
import { parseMocha } from "./test-output/mocha.ts";
import { parseNodeSpec } from "./test-output/node-spec.ts";
import type { ParsedTest, ParsedTests, TestOutputParser } from "./test-output/parsed-tests.ts";
import { parsePytest } from "./test-output/pytest.ts";
import { parseSummaries } from "./test-output/summaries.ts";
import { parseTap } from "./test-output/tap.ts";
import { parseUnittest } from "./test-output/unittest.ts";
import { parseUvu } from "./test-output/uvu.ts";
import { parseVitest } from "./test-output/vitest.ts";

export type { ParsedTest, ParsedTests } from "./test-output/parsed-tests.ts";

const PARSERS: readonly TestOutputParser[] = [
  parseTap,
  parseNodeSpec,
  parseVitest,
  parseJest,
  parseMocha,
  parseAva,
  parsePytest,
  parseUnittest,
  parseGo,
  parseCargo,
  parseUvu,
  parseAutomake,
  parseSummaries,
];

const ANSI = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[()][A-Za-z0-9]|[=>])/g;

/**
 * Reads what test runners print. Several runs in one output, also of different runners, add up.
 * @returns null where no runner is recognised: then nobody knows how many tests ran.
 */
export function parseTestOutput(stdout: string, stderr: string): ParsedTests | null {
  const lines = `${stdout}\n${stderr}`
    .replace(ANSI, "")
    .split(/\r*\n/)
    .map((line) => line.trimEnd());
  const parsed = PARSERS.flatMap((parse) => parse(lines) ?? []);
  if (parsed.length === 0) return null;
  return {
    counts: parsed.reduce(
      (sum, { counts }) => ({
        passed: sum.passed + counts.passed,
        failed: sum.failed + counts.failed,
        skipped: sum.skipped + counts.skipped,
      }),
      { passed: 0, failed: 0, skipped: 0 },
    ),
    tests: parsed.flatMap(({ tests }) => tests),
  };
}

/**
 * The tests that a name means: the whole name, its last parts, or else a suite, which is all tests below it. However
 * the runner joins suites (` > `, ` › `, `::`, a space) is the same.
 */
export function findTests(tests: readonly ParsedTest[], name: string): ParsedTest[] {
  const wanted = joined(name);
  const exact = tests.filter((test) => ` > ${joined(test.name)}`.endsWith(` > ${wanted}`));
  if (exact.length > 0) return exact;
  const words = wanted.replaceAll(" > ", " ");
  const spaced = tests.filter((test) => endings(test.name).includes(words));
  if (spaced.length > 0) return spaced;
  return tests.filter((test) => ` > ${joined(test.name)}`.includes(` > ${wanted} > `));
}

/** Its title, and that with one suite more in front of it at a time, as jest, mocha and `-t` name tests: by spaces. */
function endings(name: string): string[] {
  const parts = joined(name).split(" > ");
  return parts.map((_, at) => parts.slice(at).join(" "));
}

function joined(name: string): string {
  return name
    .replace(/\s*(?:›|::|(?<=\s)>(?=\s))\s*/g, " > ")
    .replace(/\s+/g, " ")
    .trim();
}
