const END = "\x1b[201~";

export interface PasteReader {
  /** @returns null while the paste goes on; else its content, and what follows it. */
  push(text: string): { readonly content: string; readonly rest: string } | null;
}

/** Reads a bracketed paste up to its end mark, which may be cut anywhere. Terminals send CR for each line end. */
export function createPasteReader(): PasteReader {
  const parts: string[] = [];
  /** The beginning of an end mark, perhaps. */
  let held = "";
  return {
    push(text) {
      const all = held + text;
      const end = all.indexOf(END);
      if (end !== -1) {
        parts.push(all.slice(0, end));
        return { content: parts.join("").replace(/\r\n?/g, "\n"), rest: all.slice(end + END.length) };
      }
      held = beginningOfEnd(all);
      parts.push(all.slice(0, all.length - held.length));
      return null;
    },
  };
}

function beginningOfEnd(text: string): string {
  for (let length = END.length - 1; length > 0; length--) {
    if (text.endsWith(END.slice(0, length))) return END.slice(0, length);
  }
  return "";
}
