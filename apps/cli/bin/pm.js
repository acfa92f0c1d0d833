#!/usr/bin/env node
// The launcher: it answers --version by itself and loads nothing else before it is needed.
import { readFileSync } from "node:fs";
import * as nodeModule from "node:module";

const args = process.argv.slice(2);
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);

if (major < 20 || (major === 20 && minor < 19)) {
  // Here and not in the bundle: an older Node may fail to parse the bundle at all.
  const message = `Node ${process.versions.node} is too old.`;
  const hint = "Install Node 20.19 or newer.";
  const data = { found: process.versions.node };
  const error = { code: "E118", title: "Node too old", message, hint, data };
  if (args.includes("--json")) console.log(JSON.stringify({ error }, null, 2));
  else console.error(`E118 Node too old: ${message}\n  Fix: ${hint}`);
  process.exitCode = 1;
} else {
  const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  if (args.length === 1 && ["--version", "-v", "-V"].includes(args[0])) {
    process.stdout.write(`${version}\n`);
  } else {
    nodeModule.enableCompileCache?.();
    const { main } = await import("../dist/main.js");
    await main(args, version);
  }
}
