/** A pattern's text that matches `text` and nothing else, also in patterns that know Unicode. */
export function literalPattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
