const PREFIX = /(?:[rRbBuUfF]{1,2})?(?=["'])/y;
const WORD = /[\p{L}\p{N}_]+/uy;
const OPERATORS =
  /\*\*=|\/\/=|>>=|<<=|\.\.\.|\*\*|\/\/|>>|<<|<=|>=|==|!=|->|:=|\+=|-=|\*=|\/=|%=|@=|&=|\|=|\^=/y;

/**
 * @returns the tokens of a Python source without comments and blank lines; indentation counts by its depth and not by
 *   its width, and a docstring is a token like any other
 */
export function pythonTokens(source: string): string[] {
  const text = source.replace(/\r\n?/g, "\n");
  const tokens: string[] = [];
  const indents = [0];
  let depth = 0;
  let lineStart = true;
  let at = 0;
  while (at < text.length) {
    if (lineStart && depth === 0) {
      const indent = indentOf(text, at);
      at = indent.end;
      if (text[at] === "\n" || text[at] === "#" || at >= text.length) {
        at = endOfLine(text, at) + 1;
        continue;
      }
      for (; indent.width < (indents.at(-1) as number); indents.pop()) tokens.push("<dedent>");
      if (indent.width > (indents.at(-1) as number)) {
        indents.push(indent.width);
        tokens.push("<indent>");
      }
      lineStart = false;
    }
    const char = text[at] as string;
    if (char === "\n") {
      if (depth === 0) {
        tokens.push("<line>");
        lineStart = true;
      }
      at += 1;
    } else if (char === "\\" && text[at + 1] === "\n") {
      at += 2;
    } else if (/\s/.test(char)) {
      at += 1;
    } else if (char === "#") {
      at = endOfLine(text, at);
    } else {
      if ("([{".includes(char)) depth += 1;
      if (")]}".includes(char)) depth = Math.max(0, depth - 1);
      const end = endOfToken(text, at);
      tokens.push(text.slice(at, end));
      at = end;
    }
  }
  while (tokens.at(-1) === "<line>") tokens.pop();
  return tokens;
}

function indentOf(text: string, from: number): { width: number; end: number } {
  let width = 0;
  let end = from;
  for (; text[end] === " " || text[end] === "\t" || text[end] === "\f"; end++) {
    width = text[end] === "\t" ? (Math.floor(width / 8) + 1) * 8 : width + 1;
  }
  return { width, end };
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}

function endOfToken(text: string, at: number): number {
  PREFIX.lastIndex = at;
  if (PREFIX.test(text)) return endOfString(text, PREFIX.lastIndex);
  for (const pattern of [WORD, OPERATORS]) {
    pattern.lastIndex = at;
    if (pattern.test(text)) return pattern.lastIndex;
  }
  return at + ((text.codePointAt(at) as number) > 0xffff ? 2 : 1);
}

/** A string, also in three quotes; one in single quotes that is not closed ends with its line. */
function endOfString(text: string, at: number): number {
  const quote = text[at] as string;
  const triple = text.startsWith(quote.repeat(3), at);
  const close = triple ? quote.repeat(3) : quote;
  for (let n = at + close.length; n < text.length; n++) {
    if (text[n] === "\\") n += 1;
    else if (text.startsWith(close, n)) return n + close.length;
    else if (text[n] === "\n" && !triple) return n;
  }
  return text.length;
}
