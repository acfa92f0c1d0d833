import type { ChangeSet, FileChange } from "../evidence/change.ts";
import { isDocFile, isSourceFile, isTestFile } from "../gates/file-classes.ts";

/** Marks in source text by which lint, type checks, formatters, scanners or coverage are told to look away. */
const MARKS = new RegExp(
  [
    /\b(?:eslint|oxlint|tslint|stylelint|swiftlint|rubocop|pylint|markdownlint|solhint|slither|ktlint|htmlhint|yapf|pytype|credo|phpcs)[-:] ?disable/,
    /\b(?:biome|deno-lint|phpcs|lint):?[- ]?ignore|\b(?:prettier|oxfmt|dprint|deno-fmt|deno-coverage|svelte)-ignore/,
    /\bjshint ignore:|\b(?:luacheck|codespell|jscpd|trivy|tfsec|zizmor|steep): ?ignore/,
    /\b(?:shellcheck|yamllint) disable|\bhadolint ignore|\bcppcheck-suppress|\bphpstan-ignore|\bpsalm-suppress/,
    /\b(?:istanbul|c8|v8) ignore|\bnode:coverage (?:ignore|disable)|\b(?:LCOV|GCOV|GCOVR)_EXCL|:nocov:|@codeCoverageIgnore/,
    /\bpragma: no ?(?:cover|branch)|\btype: ?ignore|# ?typed: ?ignore|# ?ty: ?ignore|\bpyre-(?:ignore|fixme)/,
    /\b(?:mypy|pyright): ?(?:ignore|basic|off|disable|allow)[\w-]*|\bpyright: ?report\w+ ?= ?(?:false|none|info\w*|warn\w*)|@(?:typing\.)?no_type_check|\bnoqa|\bnosec|\bnosemgrep|\bnolint|\bNOLINT\w*|\bNOPMD|\bNOSONAR/,
    /# ?(?:fmt|isort|autopep8|yapf): ?(?:off|skip)\w*|\bpylint: ?skip-file|\bclang-format off|\b(?:scalafmt|scalastyle|spotless): ?off/,
    /\bCHECKSTYLE[:.] ?OFF|@formatter:off|(?:\/\/|#) ?noinspection\b|\bignore_for_file: ?\w|\/\/ ?ignore: ?[a-z]+_[a-z_]+/,
    /\bgitleaks:allow|\bcheckov:skip|@ts-(?:ignore|nocheck|expect-error)|\$Flow(?:FixMe|Ignore|ExpectedError)|@Suppress\w*/,
    /\b(?:SuppressMessage|UnconditionalSuppressMessage)\(|\[(?:assembly: ?)?ExcludeFromCodeCoverage\b|# ?nullable disable/,
    /#!?\[(?:allow|expect)\(|#!?\[cfg_attr\([^\]\n]{0,200}?\b(?:allow|expect|coverage)\(|#!?\[coverage\(off\)|#!?\[(?:cfg_attr\([^\]\n]{0,200}?)?rustfmt::skip/,
    /# ?pragma warning ?(?:disable|\( ?disable)|# ?pragma (?:GCC|clang) diagnostic ignored/,
  ]
    .map(({ source }) => source)
    .join("|"),
  "g",
);

/** Comments that set rules, and what in them sets one to nothing or to a mere warning. */
const RULES = /\/\*\s*(eslint|jshint)\s/g;
const RULE_OFF = {
  eslint: /([\w@/-]{1,80})["']?\s*:\s*\[?\s*["']?(?:0|1|off|warn)\b/g,
  jshint: /([\w-]{1,80})["']?\s*:\s*false\b|(?<!\S)(-W\d+)/g,
};

/** Each makes what follows be shown in another order than it is read by a program; those that end it do nothing alone. */
const TURNS = /[\u202A\u202B\u202D\u202E\u2066-\u2068]/gu;
const LATIN = /\p{Script=Latin}/u;
const OTHER_LETTERS = /[\p{Script=Cyrillic}\p{Script=Greek}]/gu;
/** Letters of Cyrillic and Greek that look like Latin ones; not those that stand in names of science, such as NFκB. */
const LOOKS_LATIN =
  "\u0405\u0406\u0408\u0410\u0412\u0415\u041A\u041C\u041D\u041E\u0420\u0421\u0422\u0423\u0425\u04AE\u051A\u051C\u0430\u0435\u043E\u0440\u0441\u0443\u0445\u0455\u0456\u0458\u04BB\u04CF\u0501\u051B\u051D\u0391\u0392\u0395\u0396\u0397\u0399\u039A\u039C\u039D\u039F\u03A1\u03A4\u03A5\u03A7\u03BD\u03BF\u03F2\u03F3";

export interface SwitchCounts {
  readonly path: string;
  readonly before: ReadonlyMap<string, number>;
  readonly after: ReadonlyMap<string, number>;
}

/** Counts the marks of each changed file, and what is misleading in its text or name; see {@link switchedOff}. */
export function countSwitches(
  files: readonly FileChange[],
  blobs: ReadonlyMap<string, Buffer>,
): SwitchCounts[] {
  return files.map(({ path, old_oid, new_oid }) => ({
    path,
    before: old_oid === null ? new Map() : marksOf(path, blobs.get(old_oid)),
    after: new_oid === null ? new Map() : marksOf(path, blobs.get(new_oid)),
  }));
}

/** @returns files with more of a mark than before, where the change as a whole has more of it: code may move. */
export function switchedOff(counts: readonly SwitchCounts[]): ChangeSet["switched_off"] {
  const grown = new Map<string, number>();
  for (const { before, after } of counts) {
    for (const [mark, count] of after) grown.set(mark, (grown.get(mark) ?? 0) + count);
    for (const [mark, count] of before) grown.set(mark, (grown.get(mark) ?? 0) - count);
  }
  return counts.flatMap(({ path, before, after }) =>
    [...after]
      .filter(([mark, count]) => count > (before.get(mark) ?? 0) && (grown.get(mark) ?? 0) > 0)
      .map(([mark]) => ({ path, mark })),
  );
}

function marksOf(path: string, bytes: Buffer | undefined): Map<string, number> {
  const text = bytes === undefined || isDocFile(path) ? "" : bytes.toString("utf8");
  const marks = [
    ...[...text.matchAll(MARKS)].map(([mark]) => mark).filter((mark) => !isExpectation(path, mark)),
    ...rulesOff(text),
    ...turnsIn(isSourceFile(path) ? text : ""),
    ...turnsIn(path),
    ...(path.match(/[\p{L}\p{M}]+/gu) ?? []).flatMap(lookAlikes),
  ];
  const counts = new Map<string, number>();
  for (const mark of marks) counts.set(mark, (counts.get(mark) ?? 0) + 1);
  return counts;
}

/** In a test it says that the next line must not compile: where it does, the type check fails. */
const isExpectation = (path: string, mark: string) => mark === "@ts-expect-error" && isTestFile(path);

function rulesOff(text: string): string[] {
  const marks: string[] = [];
  let end = 0;
  for (const {
    0: { length },
    1: tool,
    index,
  } of text.matchAll(RULES)) {
    if (index < end) continue;
    end = text.indexOf("*/", index + length);
    if (end < 0) break;
    // What stands in braces are options of a rule, what stands behind dashes is prose.
    const rules = text
      .slice(index + length, end)
      .replace(/\s--+\s[\s\S]*/, "")
      .replace(/\{[^{}]*\}/g, "");
    const pattern = tool === "eslint" ? RULE_OFF.eslint : RULE_OFF.jshint;
    for (const [, rule, code] of rules.matchAll(pattern)) marks.push(`${tool} ${rule ?? code}: off`);
  }
  return marks;
}

const turnsIn = (text: string) =>
  (text.match(TURNS) ?? []).map((letter) => `${codeOf(letter)}, which turns the order of text round`);

/** A word that mixes Latin with look-alikes, and with no letter that would show which script it is. */
function lookAlikes(word: string): string[] {
  const others = word.match(OTHER_LETTERS) ?? [];
  if (!LATIN.test(word) || !others.every((letter) => LOOKS_LATIN.includes(letter))) return [];
  return others.map((letter) => `${codeOf(letter)}, which looks like a Latin letter`);
}

const codeOf = (letter: string) =>
  `U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
