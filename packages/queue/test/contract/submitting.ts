import type { Kit } from "./kit.ts";
export function describeSubmitting(_kit: Kit): void {}
