import type { Io } from "../io.ts";

/** Whether a question can be put to a person here. */
export function canAsk(io: Io): boolean {
  return io.stdin.kind() === "terminal" && io.stderr.isTTY;
}

/** Puts a question on stderr. @returns true for y or yes only; end of input and Ctrl-C are a no */
export async function confirm(io: Io, question: string): Promise<boolean> {
  io.stderr.write(`${question} [y/N] `);
  const { createInterface } = await import("node:readline");
  const lines = createInterface({ input: io.stdin.stream() });
  try {
    const answer = await new Promise<string>((resolve) => {
      lines.once("line", resolve);
      lines.once("close", () => resolve(""));
    });
    return /^\s*y(es)?\s*$/i.test(answer);
  } finally {
    lines.close();
  }
}
