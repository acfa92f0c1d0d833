import type { ApprovalView } from "@pm/core";
import type { LiveInput } from "./live-model.ts";

/** Everything that is to be seen at a moment. */
export type DisplayInput = LiveInput;

/** Where items and the state of things are shown: the live region, or appended lines. */
export interface Display {
  /** Prints `above` for good and shows the rest. @returns the card whose whole text a person has before them now */
  update(above: readonly string[], input: DisplayInput): ApprovalView | null;
  scrollAway(): void;
  /** Takes away what is not to stay. */
  erase(): void;
  /** What stands on the screen is no longer known. */
  forget(): void;
  /** Whether times are shown that go on. */
  readonly ticks: boolean;
}
