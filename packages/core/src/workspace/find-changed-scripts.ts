import { canonicalJson } from "../evidence/canonical-json.ts";
import type { FileChange } from "../evidence/change.ts";

/** @returns `package.json` files whose `scripts` differ, or that can't be read on one side so that they may */
export function findChangedScripts(
  files: readonly FileChange[],
  blobs: ReadonlyMap<string, Buffer>,
): string[] {
  return files
    .filter((file) => /(^|\/)package\.json$/.test(file.path))
    .filter((file) => scriptsOf(blobs.get(file.old_oid ?? "")) !== scriptsOf(blobs.get(file.new_oid ?? "")))
    .map((file) => file.path);
}

function scriptsOf(bytes: Buffer | undefined): string {
  if (bytes === undefined) return "{}";
  try {
    const manifest: unknown = JSON.parse(bytes.toString("utf8").replace(/^\uFEFF/, ""));
    if (typeof manifest !== "object" || manifest === null) return "{}";
    return canonicalJson((manifest as { scripts?: unknown }).scripts ?? {});
  } catch {
    return `unreadable: ${bytes.toString("latin1")}`;
  }
}
