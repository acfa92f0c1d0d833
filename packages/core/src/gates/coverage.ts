import { listed, objector } from "./objector.ts";
import type { PromptPart } from "./prompt-part.ts";
import { promptParts } from "./prompt-parts.ts";
import {
  hasWord,
  indexWords,
  keepsSense,
  type Sentences,
  significantWords,
  type WordIndex,
} from "./significant-words.ts";
import type { Gate } from "./task-evidence.ts";

export const coverageGate: Gate = {
  name: "coverage",
  objectsTo:
    'a list item, code span, quoted string, path or flag of the prompt that stands in no requirement, or an item that one turns round (a dropped "not", "only" or "before")',
  evaluate(evidence) {
    const requirements = (evidence.requirements?.requirements ?? []).map(sentencesOf);
    const prompt = normaliseText(evidence.prompt);
    if (requirements.some(({ whole }) => whole.text.includes(prompt))) return [];
    const open = promptParts(evidence.prompt).filter(
      (part) =>
        !isCovered(
          part,
          requirements.map(({ whole }) => whole),
        ) ||
        (part.kind === "item" && !keepsSense(normaliseText(part.text), prompt, requirements)),
    );
    if (open.length === 0) return [];
    const parts = listed(open.map(({ text }) => shown(text)));
    return [objector("coverage", evidence)("E216", "INCOMPLETE", { parts }, { approval: "accept" })];
  },
};

function sentencesOf({ statement, acceptance }: { statement: string; acceptance: string }): Sentences {
  const sentences = [statement, acceptance].flatMap((text) => normaliseText(text).split(/[.;!?]\s+/));
  return {
    whole: indexWords(normaliseText(`${statement}\n${acceptance}`)),
    sentences: sentences.map(indexWords),
  };
}

function isCovered({ kind, text }: PromptPart, requirements: readonly WordIndex[]): boolean {
  switch (kind) {
    case "item":
      return coversWords(normaliseText(text), requirements);
    case "block":
      return text.split("\n").every((line) => someHas(requirements, normaliseText(line)));
    case "flag": {
      const [name = "", ...value] = text.split("=");
      return requirements.some(
        (requirement) =>
          contains(requirement.text, normaliseText(name), /[\w-]/) &&
          contains(requirement.text, normaliseText(value.join("=")), /\w/),
      );
    }
    case "code":
    case "quote":
    case "path":
      return forms(normaliseText(text)).some((form) => someHas(requirements, form));
    default:
      return kind satisfies never;
  }
}

/** All words that matter; an item may be split over requirements that each take up at least half of it. */
function coversWords(item: string, requirements: readonly WordIndex[]): boolean {
  const words = significantWords(item);
  const taken = requirements
    .map((requirement) => words.filter((word) => hasWord(requirement, word)))
    .filter((found) => found.length * 2 >= words.length);
  return words.every((word) => taken.some((found) => found.includes(word)));
}

/** One form for what looks the same: case, white space, quotes, dashes, code ticks. */
export function normaliseText(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\u200B-\u200D\u2060\uFEFF`]/g, "")
    .replace(/["“”„‘’‚«»]/g, "'")
    .replace(/[‐‑‒–—−]/g, "-")
    .replace(/\s+/g, " ")
    .trim();
}

/** What a requirement may leave away: the sentence's full stop, outer quotes, `()`, `./`, a last slash. */
function forms(part: string): string[] {
  const bare = part.replace(/[.,;:!?]+$/, "");
  const unquoted = bare.replace(/^'(.*)'$/, "$1");
  const plain = unquoted
    .replace(/^\.\//, "")
    .replace(/(?<=.)\/+$/, "")
    .replace(/\(\)$/, "");
  return [part, bare, unquoted, plain].filter((form, index) => form !== "" || index === 0);
}

function someHas(requirements: readonly WordIndex[], part: string): boolean {
  return requirements.some(({ text }) => contains(text, part, SPACED));
}

/** Letters of scripts that put spaces between words; in others a particle or the next word follows at once. */
const SPACED = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{N}_]/u;

/** Whether `part` stands in `text`, not as a piece of a longer word. */
function contains(text: string, part: string, word: RegExp): boolean {
  if (part === "") return true;
  const head = word.test(part.charAt(0));
  const tail = word.test(part.charAt(part.length - 1));
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) {
    const free =
      !(head && word.test(text.charAt(at - 1))) && !(tail && word.test(text.charAt(at + part.length)));
    if (free) return true;
  }
  return false;
}

function shown(part: string): string {
  const line = part
    .replace(/\s+/g, " ")
    .replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, "");
  return `"${line.length > 80 ? `${line.slice(0, 79)}…` : line}"`;
}
