import { posix } from "node:path";
import { canonicalJson } from "../evidence/canonical-json.ts";
import type { FileChange } from "../evidence/change.ts";

/** Keys of a package.json that describe the package; all others are scripts or settings of tools that check it. */
const DESCRIBES: ReadonlySet<string> = new Set([
  ...["name", "version", "description", "keywords", "homepage", "bugs", "license", "author", "contributors"],
  ...["maintainers", "funding", "repository", "private", "publishConfig", "files", "directories", "man"],
  ...[
    "main",
    "module",
    "browser",
    "exports",
    "types",
    "typings",
    "typesVersions",
    "bin",
    "type",
    "sideEffects",
  ],
  ...["dependencies", "devDependencies", "peerDependencies", "peerDependenciesMeta", "optionalDependencies"],
  ...["bundleDependencies", "bundledDependencies", "engines", "os", "cpu"],
]);

/**
 * @returns `package.json` files whose `scripts` or settings of tools (such as `jest`) differ, that can't be read on one
 *   side so that they may, or that bring a dependency from elsewhere than the registry: installing runs its scripts
 */
export function findChangedScripts(
  files: readonly FileChange[],
  blobs: ReadonlyMap<string, Buffer>,
): string[] {
  return files
    .filter((file) => /(^|\/)package\.json$/.test(file.path))
    .filter(({ path, old_oid, new_oid }) => {
      const [before, after] = [blobs.get(old_oid ?? ""), blobs.get(new_oid ?? "")];
      return settingsOf(before) !== settingsOf(after) || bringsForeign(path, before, after);
    })
    .map((file) => file.path);
}

const DEPENDENCIES = ["dependencies", "devDependencies", "peerDependencies", "optionalDependencies"];
const FROM_REGISTRY = /^(?:npm|jsr|workspace|catalog|patch:(?:@[^/]+\/)?[^@/]+@npm)(?::|%3A)/i;
const FROM_FOLDER = /^(?:(?:file|link|portal):|(?=[.~/\\]|[a-z]:[\\/]))/i;
/** Any other scheme, `git@host:…`, and `owner/name` of GitHub. */
const FROM_ELSEWHERE = /^[a-z][a-z0-9+.-]*:|^[\w.-]+@[\w.-]+:|^[\w-][\w.-]*\/[\w.-]+(?:#.*)?$/i;

function bringsForeign(path: string, before: Buffer | undefined, after: Buffer | undefined): boolean {
  const known = dependenciesOf(before);
  return dependenciesOf(after).some((one) => {
    const [name = "", spec = ""] = one.split("\n");
    return !known.includes(one) && (isForeign(path, spec) || becomesAnother(name, spec, known));
  });
}

/** A package that is there already is another one under the same name: what scripts call by it may be another program. */
function becomesAnother(name: string, spec: string, known: readonly string[]): boolean {
  if (!/^npm:/i.test(spec) || spec.toLowerCase().startsWith(`npm:${name.toLowerCase()}@`)) return false;
  return known.some((one) => one.startsWith(`${name}\n`));
}

function isForeign(path: string, spec: string): boolean {
  if (FROM_REGISTRY.test(spec)) return false;
  const folder = FROM_FOLDER.exec(spec)?.[0];
  if (folder === undefined) return FROM_ELSEWHERE.test(spec);
  const target = spec.slice(folder.length).replaceAll("\\", "/");
  if (/^(?:[/~]|[a-z]:)/i.test(target)) return true;
  return /^\.\.(?:\/|$)/.test(posix.join(posix.dirname(path), target));
}

/** @returns name and version, a line feed between. */
function dependenciesOf(bytes: Buffer | undefined): string[] {
  const manifest = manifestOf(bytes) ?? {};
  return Object.entries(manifest)
    .filter(([key]) => DEPENDENCIES.includes(key))
    .flatMap(([, found]) => Object.entries(Object(found)))
    .map(([name, spec]) => `${name}\n${typeof spec === "string" ? spec.trim() : ""}`);
}

function settingsOf(bytes: Buffer | undefined): string {
  if (bytes === undefined) return "{}";
  const manifest = manifestOf(bytes);
  if (manifest === null) return unreadable(bytes);
  const kept = Object.entries(manifest).filter(([key, value]) => !DESCRIBES.has(key) && !isEmpty(value));
  try {
    return canonicalJson(Object.fromEntries(kept));
  } catch {
    return unreadable(bytes);
  }
}

const unreadable = (bytes: Buffer) => `unreadable: ${bytes.toString("latin1")}`;

/** @returns null where it is no JSON. */
function manifestOf(bytes: Buffer | undefined): object | null {
  if (bytes === undefined) return {};
  try {
    const manifest: unknown = JSON.parse(bytes.toString("utf8").replace(/^\uFEFF/, ""));
    return typeof manifest === "object" && manifest !== null ? manifest : {};
  } catch {
    return null;
  }
}

/** No scripts are the same as none mentioned. */
function isEmpty(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}
