import type { Kit } from "./kit.ts";
export function describeModel(_kit: Kit): void {}
