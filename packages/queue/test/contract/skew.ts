import type { Kit } from "./kit.ts";
export function describeSkew(_kit: Kit): void {}
