/**
 * What becomes of functions that changed: they return at once (`idle`); or, as far as the base has them by name, they throw
 * (`thrown`) or are as they were (`reverted`), and those that are new return at once.
 */
export type HollowMode = "idle" | "thrown" | "reverted";

/** A source file in which added and changed functions return or end at once, and changed constants have no value or another. */
export interface Hollowed {
  readonly text: string;
  /** How many of them there are. */
  readonly taken: number;
}
