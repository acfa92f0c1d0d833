import { readFileSync } from "node:fs";
import type { Io } from "../io.ts";

/** Calls back for each line that is typed on the terminal of a command in the foreground. @returns stops. */
export function onEnter({ stdin, stdout }: Pick<Io, "stdin" | "stdout">, act: () => void): () => void {
  if (stdin.kind() !== "terminal" || !stdout.isTTY || isShellJob()) return () => {};
  const stream = stdin.stream();
  stream.on("data", act);
  return () => {
    stream.off("data", act);
    stream.pause();
  };
}

/** With `pm web &` another process group has the terminal: to read from it would stop this one. */
function isShellJob(): boolean {
  try {
    const stat = readFileSync("/proc/self/stat", "utf8");
    const [, , group, , , foreground] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return group !== foreground;
  } catch {
    return false;
  }
}
