/** An item as the SDK gives it, before it is parsed. */
export type Item = Record<string, unknown>;
