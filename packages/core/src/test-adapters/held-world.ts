/**
 * What tests and the code under test share in one process (the clock, timers, built-in functions, assertions, modules), held
 * as it was when the process began: code under test that puts another clock in their place gets an error, or does so in vain.
 *
 * Invariants:
 * W1 only what is there is held: further properties can be added, and what inherits from an owner can have its own;
 * W2 a process that holds says so by a file; where there is none (another runtime, a command with an environment of its
 *    own), nothing was held and nothing is said of it;
 * W3 it is a hurdle, no wall: what runs in a process can do in the end whatever that process can.
 */
import { quoted } from "./adapter.ts";
import { nodeHolder } from "./held-node.ts";
import { PYTHON_FILE, pythonHolder } from "./held-python.ts";

/** Names of the files that say that a process held its world, in the run's folder. */
export const HELD_FILES = ["held-node", "held-python"] as const;
const [HELD_BY_NODE, HELD_BY_PYTHON] = HELD_FILES;

const NODE_FILE = "hold.cjs";

/** What processes of a command need to hold their world: variables, and files in a folder of the run's own. */
export interface HeldWorld {
  readonly env: Readonly<Record<string, string>>;
  readonly files: Readonly<Record<string, string>>;
}

/**
 * @param dir the run's folder as its processes will see it, of its own: Python takes all of it for modules.
 * @param env variables that a test adapter needs already; they hold beside these.
 */
export function heldWorld(dir: string, env: Readonly<Record<string, string>> = {}): HeldWorld {
  const both = (name: string, ours: string, between: string) => ({
    [name]: env[name] === undefined ? ours : `${ours}${between}${env[name]}`,
  });
  return {
    env: {
      ...env,
      ...both("NODE_OPTIONS", `--require ${quoted(`${dir}/${NODE_FILE}`)}`, " "),
      ...both("PYTHONPATH", dir, ":"),
    },
    files: { [NODE_FILE]: nodeHolder(HELD_BY_NODE), [PYTHON_FILE]: pythonHolder(HELD_BY_PYTHON) },
  };
}
