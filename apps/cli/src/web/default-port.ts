import { createHash } from "node:crypto";

const NAMED: Readonly<Record<string, number>> = { default: 5678, stable: 5678, dev: 5679 };
const FIRST = 5680;
/** Up to 5999: from 6000 on there are ports that no browser opens. */
const COUNT = 320;

/** @returns the port of a namespace's web server where none is asked for: always the same one for a name. */
export function defaultPort(namespace: string): number {
  if (Object.hasOwn(NAMED, namespace)) return NAMED[namespace] as number;
  return FIRST + (createHash("sha256").update(namespace).digest().readUInt32BE(0) % COUNT);
}
