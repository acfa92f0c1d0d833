/** The part of Markdown that reports are written in, as blocks. Pure; what it does not know is a paragraph as it stands. */
export type Block =
  | { readonly kind: "heading"; readonly level: number; readonly text: string }
  | { readonly kind: "paragraph"; readonly text: string }
  | { readonly kind: "code"; readonly text: string }
  | { readonly kind: "list"; readonly ordered: boolean; readonly items: readonly string[] }
  | { readonly kind: "quote"; readonly text: string }
  | {
      readonly kind: "table";
      readonly head: readonly string[];
      readonly rows: readonly (readonly string[])[];
    }
  | { readonly kind: "rule" };

const ITEM = /^\s*(?:([-*+])|(\d+)[.)])\s+(.*)$/;
const DIVIDER = /^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/;

/** Cells of a row: `\|` and a bar inside of backticks part nothing. */
function cells(line: string): string[] {
  const out: string[] = [];
  let cell = "";
  let code = false;
  const inner = line.trim().replace(/^\|/, "").replace(/\|$/, "");
  for (let at = 0; at < inner.length; at += 1) {
    const letter = inner.charAt(at);
    if (letter === "\\" && inner.charAt(at + 1) === "|") {
      cell += "|";
      at += 1;
    } else if (letter === "|" && !code) {
      out.push(cell.trim());
      cell = "";
    } else {
      if (letter === "`") code = !code;
      cell += letter;
    }
  }
  out.push(cell.trim());
  return out;
}

export function parseMarkdown(source: string): Block[] {
  const lines = source.replaceAll("\r\n", "\n").split("\n");
  const blocks: Block[] = [];
  let at = 0;
  const takeWhile = (test: (line: string) => boolean): string[] => {
    const taken: string[] = [];
    for (let line = lines[at]; line !== undefined && test(line); line = lines[at]) {
      taken.push(line);
      at += 1;
    }
    return taken;
  };
  const special = (line: string) =>
    line.trim() === "" || /^(#{1,6}\s|```|~~~|>|\s*([-*_])(\s*\2){2,}\s*$)/.test(line) || ITEM.test(line);
  while (at < lines.length) {
    const line = lines[at] ?? "";
    const heading = /^(#{1,6})\s+(.*?)\s*#*$/.exec(line);
    const fence = /^(```+|~~~+)/.exec(line)?.[1];
    if (line.trim() === "") {
      at += 1;
    } else if (heading) {
      blocks.push({ kind: "heading", level: heading[1]?.length ?? 1, text: heading[2] ?? "" });
      at += 1;
    } else if (fence !== undefined) {
      at += 1;
      const code = takeWhile((inner) => !inner.startsWith(fence));
      at += 1;
      blocks.push({ kind: "code", text: code.join("\n") });
    } else if (/^\s*([-*_])(\s*\1){2,}\s*$/.test(line)) {
      blocks.push({ kind: "rule" });
      at += 1;
    } else if (ITEM.test(line)) {
      const ordered = ITEM.exec(line)?.[2] !== undefined;
      const items: string[] = [];
      for (const taken of takeWhile((inner) => ITEM.test(inner) || /^\s{2,}\S/.test(inner))) {
        const item = ITEM.exec(taken);
        if (item) items.push(item[3] ?? "");
        else items.push(`${items.pop() ?? ""} ${taken.trim()}`);
      }
      blocks.push({ kind: "list", ordered, items });
    } else if (line.startsWith(">")) {
      const quoted = takeWhile((inner) => inner.startsWith(">"));
      blocks.push({ kind: "quote", text: quoted.map((inner) => inner.replace(/^>\s?/, "")).join("\n") });
    } else if (line.includes("|") && DIVIDER.test(lines[at + 1] ?? "")) {
      const head = cells(line);
      at += 2;
      blocks.push({ kind: "table", head, rows: takeWhile((inner) => inner.includes("|")).map(cells) });
    } else {
      at += 1;
      blocks.push({ kind: "paragraph", text: [line, ...takeWhile((inner) => !special(inner))].join("\n") });
    }
  }
  return blocks;
}

export interface Span {
  readonly kind: "text" | "code" | "strong" | "em";
  readonly text: string;
}

/** Links stay text: an address that an agent wrote is not for a careless tap. */
export function parseSpans(text: string): Span[] {
  const spans: Span[] = [];
  let from = 0;
  for (const match of text.matchAll(/(`+)(.+?)\1|\*\*(.+?)\*\*|(?<![\w*])\*([^*\s][^*]*)\*(?!\w)/g)) {
    if (match.index > from) spans.push({ kind: "text", text: text.slice(from, match.index) });
    const [all, , code, strong, em] = match;
    if (code !== undefined) spans.push({ kind: "code", text: code });
    else if (strong !== undefined) spans.push({ kind: "strong", text: strong });
    else spans.push({ kind: "em", text: em ?? "" });
    from = match.index + all.length;
  }
  if (from < text.length) spans.push({ kind: "text", text: text.slice(from) });
  return spans;
}
