/** A test as it stands in a source. */
export interface FoundTest {
  /** Matches what a runner's report calls it, without the file. */
  readonly name: RegExp;
  readonly start: number;
  readonly end: number;
}
