/** A command as a person types it, as an argv: words, with quotes and backslashes; nothing is expanded. Pure. */
export type SplitArgv = { readonly argv: readonly string[] } | { readonly problem: string };

export function splitArgv(line: string): SplitArgv {
  const argv: string[] = [];
  let word: string | null = null;
  let quote: string | null = null;
  for (let at = 0; at < line.length; at += 1) {
    const letter = line.charAt(at);
    if (letter === "\\" && quote !== "'") {
      at += 1;
      if (at === line.length) return { problem: "It ends in a backslash." };
      word = (word ?? "") + line.charAt(at);
    } else if (quote !== null) {
      if (letter === quote) quote = null;
      else word = (word ?? "") + letter;
    } else if (letter === "'" || letter === '"') {
      quote = letter;
      word ??= "";
    } else if (/\s/.test(letter)) {
      if (word !== null) argv.push(word);
      word = null;
    } else {
      word = (word ?? "") + letter;
    }
  }
  if (quote !== null) return { problem: `A ${quote} is not closed.` };
  if (word !== null) argv.push(word);
  return { argv };
}
