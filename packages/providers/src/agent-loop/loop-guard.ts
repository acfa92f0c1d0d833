import { createHash } from "node:crypto";
import { canonicalJson } from "@pm/core";

export interface LoopGuard {
  /** @returns whether this call, with this outcome, was now made `MAX_SAME` times in a row. */
  isLoop(name: string, input: unknown, outcome: string): boolean;
}

export const MAX_SAME = 3;

/** Notices a model that does the same again and again though nothing comes of it. Keeps a digest, not what was said. */
export function createLoopGuard(): LoopGuard {
  let last = "";
  let times = 0;
  return {
    isLoop(name, input, outcome) {
      const said = canonicalJson([name, input, outcome]);
      const digest = createHash("sha256").update(said).digest("base64");
      times = digest === last ? times + 1 : 1;
      last = digest;
      return times >= MAX_SAME;
    },
  };
}
