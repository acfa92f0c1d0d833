/**
 * A command line as people write it, taken apart into argv. No shell ever sees it, so nothing is expanded, and what
 * only a shell could do is a problem that is told instead of an argument that is passed on by mistake.
 */
export type SplitWords = { readonly words: [string, ...string[]] } | { readonly problem: string };

const SCRIPT = "put it in a script and name the script";
const OPERATORS: Readonly<Record<string, string>> = {
  "|": "a pipe",
  "&": "&",
  ";": "a semicolon",
  "<": "a redirection",
  ">": "a redirection",
  "(": "a subshell",
  ")": "a subshell",
  "`": "a command substitution",
  "\n": "a second line",
};

/** Quotes and backslashes as in a POSIX shell. @returns the words, or what stands in the way, as a clause. */
export function splitWords(line: string): SplitWords {
  const words: string[] = [];
  const text = line.trim();
  let word: string | null = null;
  let at = 0;
  while (at < text.length) {
    const char = text.charAt(at);
    if (char === "'") {
      const end = text.indexOf("'", at + 1);
      if (end < 0) return { problem: "a single quote is not closed" };
      word = (word ?? "") + text.slice(at + 1, end);
      at = end + 1;
    } else if (char === '"') {
      const quoted = doubleQuoted(text, at + 1);
      if ("problem" in quoted) return quoted;
      word = (word ?? "") + quoted.text;
      at = quoted.end;
    } else if (char === "\\") {
      if (at + 1 >= text.length) return { problem: "a backslash ends the line" };
      word = (word ?? "") + text.charAt(at + 1);
      at += 2;
    } else if (char === " " || char === "\t") {
      if (word !== null) words.push(word);
      word = null;
      at += 1;
    } else {
      const problem = shellOnly(text, at, word === null);
      if (problem !== null) return { problem };
      word = (word ?? "") + char;
      at += 1;
    }
  }
  if (word !== null) words.push(word);
  const [first, ...rest] = words;
  if (first === undefined || first === "") return { problem: "there is no command" };
  if (/^[A-Za-z_]\w*=/.test(first)) return { problem: `it starts with a variable; write: env ${first} …` };
  return { words: [first, ...rest] };
}

function doubleQuoted(
  text: string,
  start: number,
): { readonly text: string; readonly end: number } | { problem: string } {
  let out = "";
  for (let at = start; at < text.length; at += 1) {
    const char = text.charAt(at);
    const next = text.charAt(at + 1);
    if (char === '"') return { text: out, end: at + 1 };
    if (char === "\\" && next !== "" && '\\"$`'.includes(next)) {
      out += next;
      at += 1;
    } else {
      const problem = char === "`" || char === "$" ? shellOnly(text, at, false) : null;
      if (problem !== null) return { problem };
      out += char;
    }
  }
  return { problem: "a double quote is not closed" };
}

function shellOnly(text: string, at: number, wordStarts: boolean): string | null {
  const char = text.charAt(at);
  if (char === "#" && wordStarts) return "it has a comment; remove it";
  if (char === "$" && /[A-Za-z_0-9{(*@#?$!-]/.test(text.charAt(at + 1))) {
    return `it has ${text.charAt(at + 1) === "(" ? "a command substitution" : "a variable"}; ${SCRIPT}`;
  }
  const operator = OPERATORS[char];
  return operator === undefined ? null : `it has ${operator} outside quotes; ${SCRIPT}`;
}

/** The inverse: a line that {@link splitWords} and a POSIX shell take apart into exactly `words`. */
export function quoteWords(words: readonly string[]): string {
  return words
    .map((word, index) => {
      const plain = index === 0 ? /^[\w@%+:,./-]+$/ : /^[\w@%+=:,./-]+$/;
      return plain.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
    })
    .join(" ");
}
