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
    ...items(text).map((item): PromptPart => ({ kind: "item", text: fold(item) })),
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

/** An item with its continuation lines, which are indented further than its mark. */
function items(text: string): string[] {
  const found: string[] = [];
  let indent: number | null = null;
  for (const line of text.split("\n")) {
    const match = ITEM.exec(line);
    if (match) {
      indent = match[1]?.length ?? 0;
      found.push(match[2] ?? "");
    } else if (indent !== null && line.trim() !== "" && line.search(/\S/) > indent) {
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
