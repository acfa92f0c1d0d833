import { posix } from "node:path";

/** Whether a program takes a line of its own language: `sh`, `bash`, `dash`, `zsh`, `ksh`, by whatever path. */
export function isShell(program: string): boolean {
  return /^(?:ba|da|z|k)?sh$/.test(posix.basename(program));
}
