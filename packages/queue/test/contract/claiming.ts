import type { Kit } from "./kit.ts";
export function describeClaiming(_kit: Kit): void {}
