/** A token of a Rust source and where it stands. */
export interface RustToken {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const SPACE = /\s+/uy;
const LINE_COMMENT = /\/\/[^\n]*/uy;
/** A comment of these kinds is an attribute of what follows it; with more signs it is none. */
const DOCUMENTATION = /^(?:\/\/\/(?!\/)|\/\*\*(?![*/]))/;
const RAW_STRING = /[bc]?r(#*)"/uy;
const STRING = /[bc]?"(?:[^"\\]|\\[\s\S])*"?/uy;
const CHARACTER = /b?'(?:\\[^\n]+?|[^\\'\n])'/uy;
const OTHERS: readonly RegExp[] = [
  STRING,
  CHARACTER,
  /'[\p{L}_][\p{L}\p{N}_]*/uy,
  /\d[\d_]*(?:\.\d[\d_]*)?[eE][+-]?\d\w*|\d\w*(?:\.\d\w*)?/uy,
  /(?:r#)?[\p{L}\p{N}_]+/uy,
  /\.\.\.|\.\.=|<<=|>>=|=>|==|!=|<=|>=|&&|\|\||->|::|\.\.|<<|>>|[-+*/%&|^]=/uy,
];

/**
 * @returns the tokens of a Rust source, without white space and comments, but with the documentation of items: where
 *   that stands, an item has to follow. What is not closed goes on to the end.
 */
export function rustTokens(source: string): RustToken[] {
  const tokens: RustToken[] = [];
  let at = 0;
  const push = (end: number) => {
    tokens.push({ text: source.slice(at, end), start: at, end });
    return end;
  };
  while (at < source.length) {
    const comment = endOfComment(source, at);
    if (comment === null) at = endOf(SPACE, source, at) ?? push(endOfToken(source, at));
    else at = DOCUMENTATION.test(source.slice(at, at + 4)) ? push(comment) : comment;
  }
  return tokens;
}

export const isDocumentation = ({ text }: RustToken): boolean => DOCUMENTATION.test(text);

function endOf(pattern: RegExp, source: string, at: number): number | null {
  pattern.lastIndex = at;
  return pattern.test(source) ? pattern.lastIndex : null;
}

function endOfComment(source: string, at: number): number | null {
  if (!source.startsWith("/*", at)) return endOf(LINE_COMMENT, source, at);
  const edge = /\/\*|\*\//g;
  edge.lastIndex = at;
  for (let depth = 0; ; ) {
    const found = edge.exec(source);
    if (found === null) return source.length;
    depth += found[0] === "/*" ? 1 : -1;
    if (depth === 0) return edge.lastIndex;
  }
}

function endOfToken(source: string, at: number): number {
  RAW_STRING.lastIndex = at;
  const hashes = RAW_STRING.exec(source)?.[1];
  if (hashes !== undefined) {
    const end = source.indexOf(`"${hashes}`, RAW_STRING.lastIndex);
    return end < 0 ? source.length : end + 1 + hashes.length;
  }
  for (const pattern of OTHERS) {
    const end = endOf(pattern, source, at);
    if (end !== null) return end;
  }
  return at + ((source.codePointAt(at) ?? 0) > 0xffff ? 2 : 1);
}
