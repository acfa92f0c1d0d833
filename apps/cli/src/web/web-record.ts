import type { ProcessIdentity } from "@pm/core";

/** A web server as `web.json` tells of it. */
export interface WebRecord extends ProcessIdentity {
  readonly port: number;
  /** Of this machine. */
  readonly url: string;
  readonly namespace: string;
  readonly project: string;
  readonly version: string;
  readonly started_at: string;
  readonly background: boolean;
}

/** @returns the servers that `text` tells of; what can't be understood is left out, since nobody may act on it. */
export function parseRecords(text: string): WebRecord[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return [];
  }
  const servers = (value as { servers?: unknown } | null)?.servers;
  return Array.isArray(servers) ? servers.filter(isRecord) : [];
}

const TEXTS = ["start", "boot", "url", "namespace", "project", "version", "started_at"] as const;

function isRecord(value: unknown): value is WebRecord {
  if (typeof value !== "object" || value === null) return false;
  const { pid, port, background } = value as Partial<WebRecord>;
  // 0 and negative numbers would be whole groups of processes to a signal.
  return (
    [pid, port].every((number) => Number.isSafeInteger(number) && (number as number) > 0) &&
    typeof background === "boolean" &&
    TEXTS.every((name) => typeof (value as Partial<WebRecord>)[name] === "string")
  );
}
