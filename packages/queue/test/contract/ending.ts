import type { Kit } from "./kit.ts";
export function describeEnding(_kit: Kit): void {}
