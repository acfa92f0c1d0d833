import type { Kit } from "./kit.ts";
export function describeStrings(_kit: Kit): void {}
