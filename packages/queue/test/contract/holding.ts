import type { Kit } from "./kit.ts";
export function describeHolding(_kit: Kit): void {}
