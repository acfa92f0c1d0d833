/**
 * Node: what every process is made to load first.
 *
 * Reading stays as it was. Writing is told apart by its receiver: on the owner it is an error; on what inherits from it
 * (an instance, a subclass) it makes an own property, as it would without this.
 */

/** @param sign name of the file that is left beside it where a process holds its world. */
export const nodeHolder = (sign: string) => `"use strict";
const { writeFileSync } = require("node:fs");
const Module = require("node:module");
const { join } = require("node:path");

/** Package managers only start what runs the tests; Jest runs them in contexts with globals of their own. */
const OTHERS = [
  /[\\\\/](?:npm|npx|pnpm|pnpx|yarn|yarnpkg|corepack)(?:-cli)?(?:\\.[cm]?js)?$/,
  /[\\\\/]node_modules[\\\\/](?:.*[\\\\/])?(?:jest(?:-[a-z-]+)?[\\\\/]|\\.bin[\\\\/]jest$)/,
];
const GLOBALS =
  "Date performance process setTimeout setInterval setImmediate clearTimeout clearInterval clearImmediate " +
  "queueMicrotask Math JSON Reflect Object Array Number String RegExp Map Set Function Promise";
/** But for that of RegExp: where any method of it is no plain property, V8 splits and replaces ten times slower. */
const PROTOTYPES = [String, Array, Number, Map, Set, Date, Object, Function].map(({ prototype }) => prototype);

function hold(owner, names, mayReplace = () => false) {
  for (const name of names) {
    const { configurable, enumerable } = Object.getOwnPropertyDescriptor(owner, name) ?? {};
    if (!configurable) continue;
    let value = owner[name];
    // By this name, libraries that look up built-ins know that it stands for a value.
    const get = Object.assign(() => value, { originalValue: value });
    Object.defineProperty(owner, name, {
      enumerable,
      configurable: false,
      get,
      set(other) {
        if (other === value) return;
        if (this !== owner && this !== undefined)
          Object.defineProperty(this, name, { value: other, writable: true, enumerable: true, configurable: true });
        else if (mayReplace()) value = other;
        else throw new TypeError(String(name) + " is held as it is");
      },
    });
  }
}

/** But for those named by symbols: where iterators are no plain properties, spreading gets many times slower. */
function methodsOf(owner) {
  const isMethod = (name) => typeof Object.getOwnPropertyDescriptor(owner, name).value === "function";
  return Object.getOwnPropertyNames(owner).filter((name) => name !== "constructor" && isMethod(name));
}

/** Whether an installed package asks, as compilers and coverage tools do to load their languages: the change has none of it. */
function byDependency() {
  const { prepareStackTrace } = Error;
  Error.prepareStackTrace = (_, sites) => sites.map((site) => site.getFileName());
  const files = new Error().stack;
  Error.prepareStackTrace = prepareStackTrace;
  const asking = files.find((file) => file !== __filename);
  return /[\\\\/]node_modules[\\\\/]/.test(asking ?? "");
}

function holdAll() {
  const assert = require("node:assert");
  // Methods of a class could be covered by own ones.
  for (const name of methodsOf(Performance.prototype))
    Object.defineProperty(performance, name, { value: performance[name], enumerable: true, configurable: true });
  const owners = [performance, Date, Math, JSON, Reflect, Object, Array, Number, Promise, assert, assert.strict];
  for (const owner of owners) hold(owner, methodsOf(owner));
  // core-js always replaces how functions are shown.
  for (const owner of PROTOTYPES)
    hold(owner, methodsOf(owner).filter((name) => owner !== Function.prototype || name !== "toString"));
  hold(process, ["hrtime", "uptime", "nextTick"]);
  hold(process.hrtime, ["bigint"]);
  for (const name of ["timers", "timers/promises", "perf_hooks"]) {
    const owner = require("node:" + name);
    hold(owner, Reflect.ownKeys(owner));
  }
  hold(Module, ["_load"], byDependency);
  hold(Module.prototype, ["require"], byDependency);
  hold(Module._extensions, Reflect.ownKeys(Module._extensions), byDependency);
  hold(globalThis, GLOBALS.split(" "));
}

if (!OTHERS.some((other) => other.test(process.argv[1] ?? ""))) {
  holdAll();
  writeFileSync(join(__dirname, "${sign}"), "");
}
`;
