import type { Kit } from "./kit.ts";
export function describeNamespaces(_kit: Kit): void {}
