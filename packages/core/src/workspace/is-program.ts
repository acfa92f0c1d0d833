/** What stands at the beginning of a file that a system starts. */
const INTERPRETER = /^#!/;
const IN_PAGE = /<script\b|\son[a-z]+\s*=\s*["']|\bjavascript:/i;

/** Whether a file is a program by its text, or a page that holds one, whatever it is called. */
export function isProgramText(path: string, text: string): boolean {
  return INTERPRETER.test(text) || (/\.(?:x?html?|svg)$/i.test(path) && IN_PAGE.test(text));
}
