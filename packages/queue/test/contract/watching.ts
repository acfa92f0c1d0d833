import type { Kit } from "./kit.ts";
export function describeWatching(_kit: Kit): void {}
