import type { Kit } from "./kit.ts";
export function describeProcesses(_kit: Kit): void {}
