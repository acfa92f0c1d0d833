import type { ReplArgument, ReplCommand } from "../../table/repl-command.ts";
import type { Completion, EditorState } from "../editor-state.ts";
import { bestMatches } from "./best-matches.ts";
import { quotedPath } from "./quoted-path.ts";

export interface CompletionSources {
  readonly commands: readonly Pick<ReplCommand, "name" | "summary" | "arguments">[];
  /** What stands for an argument now: sessions, tasks, providers, models. */
  readonly values: (of: "session" | "task" | "provider" | "model") => readonly CompletionValue[];
  /** Paths of the project with "/" between their parts; empty while they are not read. */
  readonly files: readonly string[];
}

export interface CompletionValue {
  readonly value: string;
  readonly summary: string;
}

const MAX_ITEMS = 50;
/** A path that is typed is not longer; what is longer is not looked at for each key. */
const MAX_TYPED = 1000;

/** @returns what may be typed at the cursor, or null where nothing is offered. Pure; milliseconds for 20,000 files. */
export function completionsFor(state: EditorState, sources: CompletionSources): Completion | null {
  if (state.search !== null) return null;
  return fileCompletion(state, sources) ?? commandCompletion(state, sources);
}

function fileCompletion({ text, cursor }: EditorState, { files }: CompletionSources): Completion | null {
  const before = text.slice(Math.max(0, cursor - MAX_TYPED), cursor);
  const typed = /(?:^|\s)@(?:"((?:[^"\\\n]|\\.)*)|((?:[^\s"]\S*)?))$/.exec(before);
  if (typed === null) return null;
  const query = typed[1]?.replace(/\\(.)/g, "$1") ?? typed[2] ?? "";
  const start = cursor - typed[0].trimStart().length;
  const items = bestMatches(query, files, (file) => file, MAX_ITEMS).map((file) => ({
    label: file,
    summary: "",
    hint: "",
    insert: `@${quotedPath(file)} `,
    whole: false,
  }));
  return items.length === 0 ? null : { start, end: cursor, kind: "file", items, hint: null };
}

function commandCompletion({ text, cursor }: EditorState, sources: CompletionSources): Completion | null {
  if (!text.startsWith("/") || cursor === 0 || text.length > MAX_TYPED || text.includes("\n")) return null;
  const words = text.slice(0, cursor).split(/\s+/);
  const typed = words.at(-1) ?? "";
  const rest = text.slice(cursor).search(/\s|$/);
  const place = { start: cursor - typed.length, end: cursor + rest };
  if (words.length === 1) {
    const found = bestMatches(typed.slice(1), sources.commands, ({ name }) => name, MAX_ITEMS);
    const items = found.map(({ name, summary, arguments: wanted }) => ({
      label: `/${name}`,
      summary,
      hint: hintOf(wanted),
      insert: `/${name} `,
      whole: !wanted.some(({ required }) => required),
    }));
    return items.length === 0 ? null : { ...place, kind: "command", items, hint: null };
  }
  const command = sources.commands.find(({ name }) => words[0] === `/${name}`);
  const wanted = command?.arguments.slice(words.length - 2) ?? [];
  const [argument, ...others] = wanted;
  if (argument === undefined) return null;
  const items = bestMatches(typed, valuesOf(argument, sources), ({ value }) => value, MAX_ITEMS).map(
    ({ value, summary }) => ({
      label: value,
      summary,
      hint: "",
      insert: `${value} `,
      whole: !others.some(({ required }) => required),
    }),
  );
  const hint = hintOf(typed === "" ? wanted : others);
  return items.length === 0 && hint === "" ? null : { ...place, kind: "argument", items, hint: hint || null };
}

function valuesOf({ completes }: ReplArgument, sources: CompletionSources): readonly CompletionValue[] {
  if (completes === undefined) return [];
  return typeof completes === "string"
    ? sources.values(completes)
    : completes.map((value) => ({ value, summary: "" }));
}

function hintOf(wanted: readonly ReplArgument[]): string {
  return wanted.map(({ name, required }) => (required ? `<${name}>` : `[${name}]`)).join(" ");
}
