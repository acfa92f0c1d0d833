import { extname } from "node:path";
import { JAVASCRIPT_EXTENSIONS } from "../javascript-nodes.ts";
import { hollowJavaScript } from "./hollow-javascript.ts";
import { hollowPython } from "./hollow-python.ts";
import { hollowRust } from "./hollow-rust.ts";
import type { Hollowed, HollowMode } from "./hollowed.ts";

/** Linters and type checkers would object to what is taken out, where only what it does is asked for. */
const UNCHECKED_JAVASCRIPT =
  "/* eslint-disable */ // @ts-nocheck\n// biome-ignore-all lint format: taken out\n";
const UNCHECKED_PYTHON = "# mypy: ignore-errors\n# ruff: noqa\n# flake8: noqa\n# pylint: skip-file\n";

/** Whether it is of a language in which functions are known. */
export const isKnownLanguage = (path: string) => hollowOf(extname(path).toLowerCase()) !== null;

/**
 * @param base the file before, null where it is new.
 * @returns null where it can't be told: another language, a text that does not parse, or nothing to take out.
 */
export function hollowSource(
  path: string,
  base: string | null,
  result: string,
  mode: HollowMode = "idle",
): Hollowed | null {
  return hollowOf(extname(path).toLowerCase())?.(base ?? "", result, mode) ?? null;
}

type Hollow = (base: string, result: string, mode: HollowMode) => Hollowed | null;

function hollowOf(extension: string): Hollow | null {
  if (JAVASCRIPT_EXTENSIONS.has(extension))
    return (base, result, mode) =>
      unchecked(hollowJavaScript(extension, base, result, mode), (text) => {
        const program = /^#!.*\n/.exec(text)?.[0] ?? "";
        return program + UNCHECKED_JAVASCRIPT + text.slice(program.length);
      });
  if (extension === ".rs") return hollowRust;
  if (extension !== ".py") return null;
  return (base, result, mode) =>
    unchecked(hollowPython(base, result, mode), (text) => text + UNCHECKED_PYTHON);
}

function unchecked(hollowed: Hollowed | null, mark: (text: string) => string): Hollowed | null {
  return hollowed === null || hollowed.taken === 0 ? hollowed : { ...hollowed, text: mark(hollowed.text) };
}
