import { stripToLine } from "@pm/core";

const LENGTH = 160;

/** The beginning of a prompt as one harmless line, for lists. */
export function summaryOf(prompt: string): string {
  const line = stripToLine(prompt.slice(0, 4 * LENGTH)).trim();
  const characters = [...line];
  return characters.length <= LENGTH ? line : `${characters.slice(0, LENGTH - 1).join("")}…`;
}
