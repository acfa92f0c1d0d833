import type { PromptPart } from "./prompt-part.ts";
import { quotedStrings } from "./prompt-quotes.ts";
import { pathsAndFlags } from "./prompt-tokens.ts";

const FENCE = /^\s*(`{3,}|~{3,})/;
const CODE_SPAN = /(`+)(?!`)([^\n]*?[^`\n])\1(?!`)/g;
const URL = /\b[a-z][a-z0-9+.-]{1,12}:\/\/[^\s<>"'`]+/gi;
const ITEM = /^([ \t]*)(?:[-*+•‣·]|\(?\d{1,3}[.)]|\(?[a-z]\))[ \t]+(?:\[[ xX]\][ \t]+)?(\S.*)$/;

/**
 * List items, code spans, fenced blocks, quoted strings, paths and flags of a prompt, each once. A web address is no
 * part: it says where to read, not what to do.
 */
export function promptParts(prompt: string): PromptPart[] {
  const { text, blocks } = takeBlocks(prompt.normalize("NFC").replace(/\r\n?/g, "\n"));
  const spans: string[] = [];
  // Masked, not removed, so that what stands inside quotes is still found by its place.
  const prose = text
    .replace(CODE_SPAN, (whole: string, _ticks: string, body: string) => {
      spans.push(body);
      return "\uE000".repeat(whole.length);
    })
    .replace(URL, (whole) => "\uE000".repeat(whole.length));
  const parts: PromptPart[] = [
    ...items(splitLists(text, prose)).map((item): PromptPart => ({ kind: "item", text: fold(item) })),
    ...blocks.map((block): PromptPart => ({ kind: "block", text: block })),
    ...spans.map((span): PromptPart => ({ kind: "code", text: fold(span) })),
    ...quotedStrings(prose, text).map((quote): PromptPart => ({ kind: "quote", text: fold(quote) })),
    ...pathsAndFlags(prose),
  ];
  return [...new Map(parts.filter(({ text }) => text !== "").map((part) => [part.text, part])).values()];
}

/** Cuts fenced blocks out. An unclosed one goes to the end. */
function takeBlocks(prompt: string): { text: string; blocks: string[] } {
  const kept: string[] = [];
  const blocks: string[] = [];
  let open: { fence: string; lines: string[] } | null = null;
  for (const line of prompt.split("\n")) {
    const fence = FENCE.exec(line)?.[1];
    if (open === null) {
      if (fence === undefined) kept.push(line);
      else open = { fence, lines: [] };
    } else if (fence?.startsWith(open.fence) && line.trim() === fence) {
      blocks.push(open.lines.join("\n"));
      kept.push("");
      open = null;
    } else {
      open.lines.push(fold(line));
    }
  }
  if (open !== null) blocks.push(open.lines.join("\n"));
  return { text: kept.join("\n"), blocks: blocks.map((block) => block.trim()) };
}

/** Lines of a paragraph, or of one item; text and prose have the same length. */
const PARAGRAPH_END = /\n(?=[ \t]*(?:\n|$))|\n(?=[ \t]*(?:[-*+•‣·]|\(?\d{1,3}[.)]|\(?[a-z]\))[ \t])/;
const MARK =
  /(?<![^\s:;,.–—-])(?:(\()?(\d{1,2}|[a-z]|[ivx]{2,4}|[A-Z])\)|(\d{1,2})\.(?=\s+\p{L}))(?=\s+\S)/gu;
/** What comes before a mark that points to something, or has to come before "1.", which also ends sentences. */
const POINTS =
  /(?:^|[^\p{L}])(?:see|cf|in|per|from|than|eqs?|equations?|steps?|cases?|sections?|figs?|figures?|tables?|items?|points?|options?|rules?|notes?|chapters?|parts?|versions?|issues?|pages?|lines?|both|either|between)\.?\s+$/iu;
const STARTS_LIST = /(?:^|[:;,.–—-])\s*$/;
const SENTENCE = /^[\s\S]*?[.!?](?=\s+\p{Lu})/u;
const NO_ITEM = /^(?:and|or|but|is|are|was|were|has|have|which)\b|^[\p{P}\s]*$/iu;

interface Mark {
  readonly at: number;
  readonly end: number;
  /** "(1)", "1)" and "1." each make lists of their own. */
  readonly form: string;
  readonly label: string;
}

/** Puts each item of a list within a line, "(1) … (2) …", on a line of its own. */
function splitLists(text: string, prose: string): string {
  let at = 0;
  const paragraphs = prose.split(PARAGRAPH_END).map((part) => {
    const own = text.slice(at, at + part.length);
    at += part.length + 1;
    return splitParagraph(own, part);
  });
  return paragraphs.join("\n");
}

function splitParagraph(text: string, prose: string): string {
  const end = itemEnd(text);
  if (end === null || end === text.length) return splitMarks(text, prose, end !== null);
  return `${splitMarks(text.slice(0, end), prose.slice(0, end), true)}\n${splitMarks(text.slice(end + 1), prose.slice(end + 1), false)}`;
}

/** Where an item ends that the text starts with; null where it starts with none. */
function itemEnd(text: string): number | null {
  const lines = text.split("\n");
  const match = ITEM.exec(lines[0] ?? "");
  if (match === null) return null;
  const next = lines.findIndex((line, index) => index > 0 && !continues(line, match[1]?.length ?? 0));
  return next < 0 ? text.length : lines.slice(0, next).join("\n").length;
}

const continues = (line: string, indent: number) => line.trim() !== "" && line.search(/\S/) > indent;

function splitMarks(text: string, prose: string, isItem: boolean): string {
  const marks = listMarks(prose);
  if (marks.length < 2) return text;
  const pieces = marks.map(({ end }, index) => text.slice(end, marks[index + 1]?.at).trim());
  if (pieces.some((piece) => NO_ITEM.test(piece))) return text;
  const last = pieces.pop() ?? "";
  // What follows in running text is no item any more; what follows in an item still belongs to it.
  const end = isItem ? last : (SENTENCE.exec(last)?.[0] ?? last);
  const lines = [...pieces, end].map((piece) => `- ${fold(piece)}`);
  return [text.slice(0, marks[0]?.at), ...lines, last.slice(end.length).trim()].join("\n");
}

/** The marks of the longest list that counts up from its first label, or from that of the item that the text is. */
function listMarks(prose: string): Mark[] {
  const marks = [...prose.matchAll(MARK)].map((match): Mark => {
    const label = match[2] ?? match[3] ?? "";
    const form = match[3] === undefined ? `${match[1] ?? ""})` : ".";
    return { at: match.index, end: match.index + match[0].length, form, label };
  });
  const free = marks.filter((mark) => isMark(mark, prose));
  const leading = prose.search(/\S/);
  const lists = ["()", ")", "."].flatMap((form) =>
    [digits, letters, capitals, romans].map((labels) => {
      const found: Mark[] = [];
      let next = 0;
      for (const mark of free.filter((one) => one.form === form)) {
        if (mark.at === leading && labels.includes(mark.label)) next = labels.indexOf(mark.label);
        if (mark.label !== labels[next]) continue;
        found.push(mark);
        next += 1;
      }
      return found;
    }),
  );
  return lists.reduce((longest, list) => (list.length > longest.length ? list : longest), []);
}

function isMark({ at, form }: Mark, prose: string): boolean {
  const before = prose.slice(Math.max(0, at - 200), at);
  if (POINTS.test(before.slice(-20))) return false;
  if (form === ".") return STARTS_LIST.test(before);
  return form === "()" || before.lastIndexOf("(") <= before.lastIndexOf(")");
}

const digits = Array.from({ length: 99 }, (_, index) => String(index + 1));
const letters = [..."abcdefghijklmnopqrstuvwxyz"];
const capitals = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
const romans = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"];

/** An item with its continuation lines, which are indented further than its mark. */
function items(text: string): string[] {
  const found: string[] = [];
  let indent: number | null = null;
  for (const line of text.split("\n")) {
    const match = ITEM.exec(line);
    if (match) {
      indent = match[1]?.length ?? 0;
      found.push(match[2] ?? "");
    } else if (indent !== null && continues(line, indent)) {
      found.push(`${found.pop() ?? ""} ${line.trim()}`);
    } else {
      indent = null;
    }
  }
  return found;
}

function fold(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
