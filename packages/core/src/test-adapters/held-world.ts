/**
 * What tests and the code under test share in one process (the clock, timers, built-in functions, assertions), held as it
 * was when the process began: code under test that puts another clock in their place gets an error, or does so in vain.
 *
 * Invariants:
 * W1 only what is there is held: further properties can be added, and what inherits from an owner can have its own;
 * W2 a process that holds says so by a file; where there is none (another runtime, a command with an environment of its
 *    own), nothing was held and nothing is said of it;
 * W3 it is a hurdle, no wall: what runs in a process can do in the end whatever that process can.
 */
import { quoted } from "./adapter.ts";

/** Names of the files that say that a process held its world, in the run's folder. */
export const HELD_FILES = ["held-node", "held-python"] as const;
const [HELD_BY_NODE, HELD_BY_PYTHON] = HELD_FILES;

const NODE_FILE = "hold.cjs";
/** Python looks for a module of this name at every start. */
const PYTHON_FILE = "sitecustomize.py";

const NODE_SOURCE = `"use strict";
const { writeFileSync } = require("node:fs");
const { join } = require("node:path");

/** Package managers only start what runs the tests; Jest runs them in contexts with globals of their own. */
const OTHERS = [
  /[\\\\/](?:npm|npx|pnpm|pnpx|yarn|yarnpkg|corepack)(?:-cli)?(?:\\.[cm]?js)?$/,
  /[\\\\/]node_modules[\\\\/](?:.*[\\\\/])?(?:jest(?:-[a-z-]+)?[\\\\/]|\\.bin[\\\\/]jest$)/,
];
const GLOBALS =
  "Date performance process setTimeout setInterval setImmediate clearTimeout clearInterval clearImmediate " +
  "queueMicrotask Math JSON Reflect Object Array Number String Promise";

function hold(owner, names) {
  for (const name of names) {
    const { configurable, enumerable } = Object.getOwnPropertyDescriptor(owner, name) ?? {};
    if (!configurable) continue;
    const value = owner[name];
    Object.defineProperty(owner, name, {
      enumerable,
      configurable: false,
      get: () => value,
      set(other) {
        if (other === value) return;
        if (this === owner || this === undefined) throw new TypeError(String(name) + " is held as it is");
        Object.defineProperty(this, name, { value: other, writable: true, enumerable: true, configurable: true });
      },
    });
  }
}

function methodsOf(owner) {
  const isMethod = (name) => typeof Object.getOwnPropertyDescriptor(owner, name).value === "function";
  return Reflect.ownKeys(owner).filter((name) => name !== "constructor" && isMethod(name));
}

function holdAll() {
  const assert = require("node:assert");
  // Methods of a class could be covered by own ones.
  for (const name of methodsOf(Performance.prototype))
    Object.defineProperty(performance, name, { value: performance[name], enumerable: true, configurable: true });
  const owners = [performance, Date, Date.prototype, Math, JSON, Reflect, Object, Array, Number, Promise, assert, assert.strict];
  for (const owner of owners) hold(owner, methodsOf(owner));
  hold(process, ["hrtime", "uptime", "nextTick"]);
  hold(process.hrtime, ["bigint"]);
  for (const name of ["timers", "timers/promises", "perf_hooks"]) {
    const owner = require("node:" + name);
    hold(owner, Reflect.ownKeys(owner));
  }
  hold(globalThis, GLOBALS.split(" "));
}

if (!OTHERS.some((other) => other.test(process.argv[1] ?? ""))) {
  holdAll();
  writeFileSync(join(__dirname, "${HELD_BY_NODE}"), "");
}
`;

const PYTHON_SOURCE = `import os
import sys


def _hold():
    import datetime
    import time
    from types import MappingProxyType, ModuleType

    class Held(ModuleType):
        @property
        def __dict__(self):
            return MappingProxyType(ModuleType.__dict__["__dict__"].__get__(self))

        def __setattr__(self, name, value):
            there = self.__dict__
            if name in there and there[name] is not value:
                raise AttributeError(f"{self.__name__}.{name} is held as it is")
            super().__setattr__(name, value)

        def __delattr__(self, name):
            raise AttributeError(f"{self.__name__}.{name} is held as it is")

    for module in (time, datetime):
        module.__class__ = Held


def _load_next(here):
    """The module of this name that would have been loaded without this one."""
    own = sys.modules.pop("sitecustomize", None)
    sys.path[:] = [path for path in sys.path if path != here]
    try:
        import sitecustomize  # noqa: F401
    except ImportError:
        pass
    if own is not None:
        sys.modules.setdefault("sitecustomize", own)


_here = os.path.dirname(os.path.abspath(__file__))
_hold()
with open(os.path.join(_here, "${HELD_BY_PYTHON}"), "w"):
    pass
_load_next(_here)
`;

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
    files: { [NODE_FILE]: NODE_SOURCE, [PYTHON_FILE]: PYTHON_SOURCE },
  };
}
