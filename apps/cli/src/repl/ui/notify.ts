import { stripToLine } from "@pm/core";

const LONGEST = 200;

/**
 * @returns what rings the terminal's bell and shows a desktop notification (OSC 9) that names what is needed; nothing where
 * `PM_NOTIFY=0`.
 */
export function notification(what: string, env: Readonly<Record<string, string | undefined>>): string {
  if (env.PM_NOTIFY === "0") return "";
  const text = [...stripToLine(what)].slice(0, LONGEST).join("");
  return `\x07\x1b]9;${text}\x1b\\`;
}
