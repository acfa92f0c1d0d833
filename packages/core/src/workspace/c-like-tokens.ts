export interface Dialect {
  /** Characters that open and close a literal; a back quote's may span lines. */
  readonly quotes: string;
  /** `/…/` can be a literal. */
  readonly regex: boolean;
}

const WORD = /[\p{L}\p{N}_$]+/uy;
/** Longest first: white space within one of these would make it something else. */
const OPERATORS =
  />>>=|\.\.\.|\?\?=|===|!==|\*\*=|<<=|>>=|>>>|&&=|\|\|=|<=>|->\*|\.\.=|=>|==|!=|<=|>=|&&|\|\||\?\?|\?\.|\+\+|--|\+=|-=|\*=|\/=|%=|&=|\|=|\^=|<<|>>|\*\*|::|->|:=|<-|\.\./y;
/** After these words a line end means something in JavaScript. */
const RESTRICTED = new Set(["return", "break", "continue", "throw", "yield", "async"]);
/** After these a slash opens a regular expression, not a division. */
const BEFORE_REGEX = new Set([
  ..."( , = : [ ! & | ? { } ; + - * % < > ~ ^ => == === != !== && || ?? += -= *= ++ --".split(" "),
  ..."return typeof case in of delete void throw new else do yield await instanceof".split(" "),
]);

/** @returns the tokens of a source in a language of C's family, without white space and comments */
export function cLikeTokens(source: string, dialect: Dialect): string[] {
  const tokens: string[] = [];
  let at = 0;
  while (at < source.length) {
    const char = source[at] as string;
    const last = tokens.at(-1);
    if (/\s/.test(char)) {
      if (char === "\n" && dialect.regex && last !== undefined && RESTRICTED.has(last)) tokens.push("\n");
      at += 1;
    } else if (source.startsWith("//", at) && source[at - 1] !== ":") {
      at = endOfLine(source, at);
    } else if (source.startsWith("/*", at)) {
      at = endOfBlock(source, at);
    } else {
      const end = endOfToken(source, at, last, dialect);
      tokens.push(source.slice(at, end));
      at = end;
    }
  }
  return tokens;
}

function endOfToken(source: string, at: number, last: string | undefined, dialect: Dialect): number {
  const char = source[at] as string;
  if (dialect.quotes.includes(char)) return endOfLiteral(source, at, char, char === "`");
  if (dialect.regex && char === "/" && (last === undefined || BEFORE_REGEX.has(last))) {
    const end = endOfRegex(source, at);
    if (end !== null) return end;
  }
  for (const pattern of [WORD, OPERATORS]) {
    pattern.lastIndex = at;
    if (pattern.test(source)) return pattern.lastIndex;
  }
  return at + ((source.codePointAt(at) as number) > 0xffff ? 2 : 1);
}

function endOfLine(source: string, at: number): number {
  const end = source.indexOf("\n", at);
  return end < 0 ? source.length : end;
}

function endOfBlock(source: string, at: number): number {
  const end = source.indexOf("*/", at + 2);
  return end < 0 ? source.length : end + 2;
}

/** A quoted literal, white space and all; one that is not closed ends with its line, except where it may span lines. */
function endOfLiteral(source: string, at: number, quote: string, spans: boolean): number {
  for (let n = at + 1; n < source.length; n++) {
    if (source[n] === "\\") n += 1;
    else if (source[n] === quote) return n + 1;
    else if (source[n] === "\n" && !spans) return n;
    else if (quote === "`" && source.startsWith("${", n)) n = endOfSubstitution(source, n) - 1;
  }
  return source.length;
}

/** `${…}` of a template, which may hold further literals. */
function endOfSubstitution(source: string, at: number): number {
  let depth = 1;
  for (let n = at + 2; n < source.length; n++) {
    const char = source[n] as string;
    if ("\"'`".includes(char)) n = endOfLiteral(source, n, char, char === "`") - 1;
    else if (char === "{") depth += 1;
    else if (char === "}" && --depth === 0) return n + 1;
  }
  return source.length;
}

/** @returns null where the line ends first, so that it was a division */
function endOfRegex(source: string, at: number): number | null {
  let inClass = false;
  for (let n = at + 1; n < source.length; n++) {
    const char = source[n];
    if (char === "\n") return null;
    if (char === "\\") n += 1;
    else if (char === "[") inClass = true;
    else if (char === "]") inClass = false;
    else if (char === "/" && !inClass) return n + 1;
  }
  return null;
}
