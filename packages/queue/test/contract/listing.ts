import type { Kit } from "./kit.ts";
export function describeListing(_kit: Kit): void {}
