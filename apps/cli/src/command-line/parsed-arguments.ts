/** The options and arguments of one command line, checked against the command's row of the table. */
export interface ParsedArguments {
  readonly positionals: readonly string[];
  has(option: string): boolean;
  /** The last value given. */
  value(option: string): string | undefined;
  values(option: string): readonly string[];
  /** Options with a value, in the order given. */
  readonly ordered: readonly { readonly name: string; readonly value: string }[];
}
