import type { EditorKey } from "../editor-state.ts";
import { controlKey } from "./control-key.ts";

export interface RunReader {
  /** Reads text and control characters without an escape sequence. */
  read(run: string): EditorKey[];
  /** @returns the Enters that were held, since no text came behind them. */
  end(): EditorKey[];
}

/**
 * Tells typing from a paste of a terminal that does not bracket it: several Enters with text between them in one run. They
 * are line ends then, and only those at the very end are Enters. Whether they are at the end shows only after a pause, for
 * a large paste comes in pieces that may end anywhere.
 */
export function createRunReader(): RunReader {
  let pasting = false;
  let held = 0;

  function end(): EditorKey[] {
    const keys = Array.from({ length: held }, () => controlKey("\r")).flat();
    pasting = false;
    held = 0;
    return keys;
  }

  return {
    read(run) {
      if (!mayBePasted(run) || (!pasting && !looksPasted(run))) return [...end(), ...typedKeys(run)];
      pasting = true;
      const all = "\r".repeat(held) + run;
      const length = withoutEnters(all);
      held = all.length - length;
      return length === 0 ? [] : [{ kind: "paste", text: all.slice(0, length).replace(/\r\n?/g, "\n") }];
    },
    end,
  };
}

/** @returns the keys of text and control characters that were typed. */
export function typedKeys(run: string): EditorKey[] {
  return run.split(/(\p{Cc})/u).flatMap((part, index): EditorKey[] => {
    if (index % 2 === 1) return controlKey(part);
    return part === "" ? [] : [{ kind: "text", text: part }];
  });
}

function mayBePasted(run: string): boolean {
  return !/[^\P{Cc}\r\n\t]/u.test(run);
}

function looksPasted(run: string): boolean {
  const enters = run.split("\r").length - 1;
  return enters > 1 && run.slice(0, withoutEnters(run)).includes("\r");
}

function withoutEnters(run: string): number {
  let length = run.length;
  while (run[length - 1] === "\r") length--;
  return length;
}
