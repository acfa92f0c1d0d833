// Loaded into `pm` by `node --import` for the bench: writes when each child process ran, one JSON line each, into the
// file that PM_BENCH_SPANS names. What runs in the sandbox is timed by the sandbox's own words: from the `go` that starts
// the program to the `@exit` that tells its end, so that setting the sandbox up and taking it down is not counted.
import { ChildProcess } from "node:child_process";
import { appendFileSync } from "node:fs";

const target = process.env.PM_BENCH_SPANS;
const now = () => performance.timeOrigin + performance.now();
const write = (line) => appendFileSync(target, `${JSON.stringify(line)}\n`);
const STATUS_FD = 3;

const spawn = ChildProcess.prototype.spawn;
ChildProcess.prototype.spawn = function (options) {
  const from = now();
  const result = spawn.call(this, options);
  const argv = options.args ?? [];
  this.once("exit", () => write({ kind: "process", argv: shorten(argv), from, to: now() }));
  const init = argv.indexOf("pm-init");
  if (init >= 0) timeProgram(this.stdio[STATUS_FD], argv.slice(init + 5));
  return result;
};

/** @param {import("node:net").Socket} status the channel to the sandbox's init */
function timeProgram(status, argv) {
  let from;
  const send = status.write;
  status.write = function (...args) {
    if (args[0] === "go\n") from = now();
    return send.apply(this, args);
  };
  status.on("data", (chunk) => {
    if (from !== undefined && chunk.includes("@exit"))
      write({ kind: "program", argv: shorten(argv), from, to: now() });
  });
}

const shorten = (argv) => argv.slice(0, 60).map((arg) => arg.slice(0, 80));
