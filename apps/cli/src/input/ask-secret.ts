import { Writable } from "node:stream";
import type { Io } from "../io.ts";

/**
 * Asks on stderr for something that must not be shown: what is typed or pasted is echoed nowhere and kept in no history.
 * @returns the first line; null after Ctrl-C or where input ends without one
 */
export async function askSecret(io: Io, question: string): Promise<string | null> {
  const { createInterface } = await import("node:readline");
  // The terminal's own echo is off while the editor has it, and what the editor would draw goes nowhere.
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({
    input: io.stdin.stream(),
    output: nowhere,
    terminal: true,
    historySize: 0,
  });
  // Only now: who answers at once must not see it either.
  io.stderr.write(question);
  try {
    return await new Promise<string | null>((resolve) => {
      lines.once("line", resolve);
      lines.once("SIGINT", () => resolve(null));
      lines.once("close", () => resolve(null));
    });
  } finally {
    lines.close();
    io.stderr.write("\n");
  }
}
