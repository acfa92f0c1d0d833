/** What of a check agents wrote themselves, in its plan or in the result: that much has to be proven. */
import { posix } from "node:path";
import type { ChangeSet } from "../evidence/change.ts";
import type { Check } from "../lifecycle/handover.ts";
import { argvPaths } from "./argv-paths.ts";
import { isDocFile, isSnapshot, isTestFile } from "./file-classes.ts";
import { isShell } from "./is-shell.ts";
import { isLooker } from "./looks-at-files.ts";
import { namesFile } from "./points-at.ts";
import { shellCommands } from "./shell-line.ts";

const LANGUAGE = /^(?:node|deno|bun|python[\d.]*|pypy[\d.]*|ruby|perl|php)$/;
const INLINE = /^(?:-[a-z]*[cep]|--eval|--print|eval|-r)$/;

/** Of programs in a language of its own, a shell among them. */
export const isInterpreter = (program: string) => LANGUAGE.test(posix.basename(program)) || isShell(program);

/** A program that stands in the command itself (`node -e`, `python3 -c`, `sh -c`). */
export function isInlineCode(argv: readonly string[]): boolean {
  const [program = "", ...rest] = argv;
  return isInterpreter(program) && rest.some((word) => INLINE.test(word));
}

const COMPILER =
  /^(?:tsc|vue-tsc|tsgo|eslint|biome|prettier|stylelint|mypy|pyright|ruff|flake8|gcc|clang|javac)$/;
const SHELL_WORD = /^(?:echo|printf|exit|true|false|cd|set|export|read|:)$/;
/** `cargo` for something else than its tests. */
const CARGO = /^(?:run|build|check|clippy|fmt|doc|r|b|c)$/;
const SPEAKS_OF_TESTS = /test|spec|check|verify/i;
const INSTALLED = /(?:^|\/)(?:node_modules|\.?venv|vendor|target|\.bin)\//;
const LAUNCHER = /^(?:npx|pnpx|bunx)$/;

/**
 * A program, and no test runner: code in the command, a file that an interpreter is given, or a compiler. All else may
 * run tests, whether it tells of them or not.
 */
export function isProgram(argv: readonly string[]): boolean {
  const words = LAUNCHER.test(argv[0] ?? "") ? argv.slice(1) : argv;
  const [program = "", ...rest] = words;
  const commands = shellCommands(words);
  if (commands !== null) return commands.every(isProgramPart);
  if (COMPILER.test(posix.basename(program))) return true;
  if (program === "cargo" && CARGO.test(rest[0] ?? "")) return true;
  if (isOwnProgram(program)) return !rest.some((word) => SPEAKS_OF_TESTS.test(word));
  if (!isInterpreter(program)) return false;
  if (isInlineCode(words)) return !isShell(program);
  const [file] = rest;
  return file !== undefined && !file.startsWith("-") && !isTestFile(posix.normalize(file));
}

/** A file of the project by its path, and neither a test nor what checks the project. */
function isOwnProgram(program: string): boolean {
  const path = posix.normalize(program);
  if (!program.includes("/") || program.startsWith("/") || INSTALLED.test(path)) return false;
  return !isTestFile(path) && !isCheckingFile(path);
}

/** A part of a shell's line: what it says behind `!` or in front of `=` doesn't matter. */
function isProgramPart(words: readonly string[]): boolean {
  const [first, ...rest] = words.filter((word) => word !== "!" && word !== "" && !/^\w+=/.test(word));
  return first === undefined || SHELL_WORD.test(first) || isLooker(first) || isProgram([first, ...rest]);
}

const CHECKING =
  /(?:^|\/)(?:scripts?|tools?|ci|checks?|qa|hack|acceptance)\/|(?:^|[/._-])(?:check|verify|accept|validate|smoke|lint)[^/]*$/i;

/** Not a test by its name, but there to check the project rather than to be it. */
export function isCheckingFile(path: string): boolean {
  return CHECKING.test(path) && !isTestFile(path) && !isDocFile(path);
}

/** Tests that agents wrote or changed, with what they rest on, and sources in which such tests stand. */
export function changedTests({ files, tests_within }: ChangeSet): string[] {
  return [...files.map(({ path }) => path).filter(isTestFile), ...tests_within];
}

/**
 * Files that are no tests, and that the command starts: new ones, and those that check. New ones that the person names,
 * or beside which there is nothing in the change, are what was asked for, and no part of the check.
 */
export function changedScripts(change: ChangeSet, check: Check, prompt: string): string[] {
  const named = namedPaths(check);
  const product = change.files.filter(({ path }) => !isTestFile(path) && !isDocFile(path));
  const scripts = product.filter(
    ({ path, status }) =>
      named.has(path) &&
      ((status === "added" && !namesFile(prompt, path)) || (status === "modified" && isCheckingFile(path))),
  );
  return scripts.length === product.length ? [] : scripts.map(({ path }) => path);
}

/** New programs that were asked for, and that the command starts. */
export function startedPrograms(change: ChangeSet, check: Check, prompt: string): string[] {
  if (changedScripts(change, check, prompt).length > 0) return [];
  const named = namedPaths(check);
  return change.files
    .filter(({ path, status }) => status === "added" && named.has(path) && !isTestFile(path))
    .map(({ path }) => path);
}

/**
 * What of a result a check itself is made of. Where there is anything, the check counts only if it fails on the base with
 * just these files added ("proof").
 * @returns paths, sorted; empty where the check needs no proof.
 */
export function proofFiles(change: ChangeSet, check: Check, prompt: string): string[] {
  if (check.type === "file") return [];
  return [...changedTests(change), ...changedScripts(change, check, prompt)].sort();
}

/**
 * A check that runs a test file which agents changed, or whose snapshots they did: that it was green before says nothing,
 * since the test is another now. It must fail on the base with the new test instead.
 */
export function runsChangedTest(change: ChangeSet, check: Check): boolean {
  const named = namedPaths(check);
  const runsTest = [...named].some(isTestFile);
  return change.files.some(
    ({ path, status }) =>
      status !== "deleted" && ((isTestFile(path) && named.has(path)) || (runsTest && isSnapshot(path))),
  );
}

/** Whether the command names a test, changed or not. */
export function namesTest(check: Check): boolean {
  return [...namedPaths(check)].some(isTestFile);
}

function namedPaths(check: Check): ReadonlySet<string> {
  return check.type === "command" ? argvPaths(check.argv) : new Set();
}

const TYPE_CHECK = /^(?:(?:vue-)?tsc|tsd|mypy|pyright|pyre|type-?check|types|--typecheck(?:\..*)?)$/;

/** It says whether types fit, and runs nothing. */
export const isTypeCheck = (check: Check) =>
  check.type === "command" && check.argv.some((word) => TYPE_CHECK.test(word.replace(/^[^-].*\//, "")));
