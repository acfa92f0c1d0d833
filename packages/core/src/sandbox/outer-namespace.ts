/**
 * A mount namespace around bwrap's own, for what bwrap can't do: overlays, and device nodes without their owner's
 * rights. Nothing of it is seen by the machine, and it ends with the run.
 */
import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

export interface OverlayLayers {
  readonly lower: string;
  readonly upper: string;
  readonly work: string;
  /** Where the overlay appears. */
  readonly merged: string;
}

/**
 * $1: `ro` makes the device nodes read-only, which stops no reading or writing of a device, but a `chmod /dev/null` of
 * the machine's own node. Then four arguments for each overlay, up to `--`; it becomes the rest. Constant text.
 */
const SCRIPT = `
if [ "$1" = ro ]; then
  mount --rbind /dev /dev && mount -o remount,bind,ro,nosuid /dev
fi 2>/dev/null
shift
while [ "$1" != -- ]; do
  mount -t overlay overlay -o "lowerdir=$1,upperdir=$2,workdir=$3,userxattr" "$4" || exit 1
  shift 4
done
shift
exec "$@"
`;

/** bwrap and what is around it see nothing of what is meant for the child (no LD_PRELOAD, say). */
export const OUTER_ENV = { PATH: "/usr/sbin:/usr/bin:/sbin:/bin" };

const runsAsRoot = () => process.geteuid?.() === 0;

function wrap(layers: readonly OverlayLayers[]): string[] {
  const overlays = layers.flatMap(({ lower, upper, work, merged }) => [lower, upper, work, merged]);
  const devices = runsAsRoot() ? "ro" : "rw";
  return ["unshare", "-Urm", "/bin/sh", "-c", SCRIPT, "pm-outer", devices, ...overlays, "--"];
}

/** Tries an outer namespace with these overlays. */
export async function outerNamespaceWorks(layers: readonly OverlayLayers[]): Promise<boolean> {
  const [command = "", ...args] = [...wrap(layers), "/bin/sh", "-c", ":"];
  try {
    await run(command, args, { env: OUTER_ENV, timeout: 5_000 });
    return true;
  } catch {
    return false;
  }
}

let bareWorks: Promise<boolean> | null = null;

/** What to put before bwrap's argv: nothing where nothing is needed, or where `unshare` is not allowed. */
export async function outerNamespace(layers: readonly OverlayLayers[]): Promise<string[]> {
  if (layers.length > 0) return wrap(layers);
  if (!runsAsRoot()) return [];
  bareWorks ??= outerNamespaceWorks([]);
  return (await bareWorks) ? wrap([]) : [];
}
