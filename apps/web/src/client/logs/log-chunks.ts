/** A line of a log as pieces of text with classes: colours are kept, everything else that a terminal obeys is gone. */
import Anser from "anser";
import { colouredText, visibleText } from "../ui/visible-text.ts";

export interface Chunk {
  readonly text: string;
  /** Class names, made here and never from the log. */
  readonly className: string;
  readonly hit: boolean;
}

const COLOURS = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"];
const DECORATIONS = ["bold", "dim", "italic", "underline", "strikethrough"];

/** Of the 256 colours only the sixteen named ones: the others could not be read in both themes. */
function colourClass(name: string, ground: "fg" | "bg"): string {
  const bare = name.replace(/^ansi-/, "").replace(/^bright-/, "");
  const number = /^palette-([0-9]{1,2})$/.exec(bare)?.[1];
  const colour = number === undefined ? bare : (COLOURS[Number(number) % 8] ?? "");
  if (number !== undefined && Number(number) > 15) return "";
  return COLOURS.includes(colour) ? `${ground}-${colour}` : "";
}

function splitHits(text: string, className: string, query: string): Chunk[] {
  if (query === "") return [{ text, className, hit: false }];
  const lower = text.toLowerCase();
  const chunks: Chunk[] = [];
  let from = 0;
  for (let at = lower.indexOf(query); at !== -1; at = lower.indexOf(query, from)) {
    if (at > from) chunks.push({ text: text.slice(from, at), className, hit: false });
    chunks.push({ text: text.slice(at, at + query.length), className, hit: true });
    from = at + query.length;
  }
  if (from < text.length) chunks.push({ text: text.slice(from), className, hit: false });
  return chunks;
}

/** @param query lower case; its places are marked */
export function logChunks(line: string, query: string): Chunk[] {
  const safe = colouredText(line);
  if (!safe.includes("\x1b")) return splitHits(safe, "", query);
  return Anser.ansiToJson(safe, { json: true, remove_empty: true, use_classes: true }).flatMap((entry) => {
    const classes = [
      colourClass(entry.fg ?? "", "fg"),
      colourClass(entry.bg ?? "", "bg"),
      ...entry.decorations.filter((name) => DECORATIONS.includes(name)).map((name) => `text-${name}`),
    ].filter((name) => name !== "");
    return splitHits(visibleText(entry.content), classes.join(" "), query);
  });
}
