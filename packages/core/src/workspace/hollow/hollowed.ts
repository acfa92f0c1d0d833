/** A source file with the bodies of its added and changed functions taken out. */
export interface Hollowed {
  readonly text: string;
  /** How many bodies were taken out. */
  readonly taken: number;
  /** Something beside functions, imports and types differs too, so what is left may still do what was asked. */
  readonly otherChanges: boolean;
}
