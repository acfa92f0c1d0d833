/** pm, tools/verify.mjs and tools/verify.py, each asked whether it accepts a file; Python in one process for all files. */
import { spawn, spawnSync } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath, pathToFileURL } from "node:url";
import { verifyExport } from "../../src/attestation/verify-export.ts";
import { deriveTaskOutcome } from "../../src/runner/derive-task-outcome.ts";

export const tool = (name: string) => fileURLToPath(new URL(`../../../../tools/${name}`, import.meta.url));
export const hasPython = spawnSync("python3", ["--version"]).status === 0;

/** Without a Python its place is taken by the word of verify.mjs. */
export interface Verdicts {
  readonly pm: boolean;
  readonly mjs: boolean;
  readonly py: boolean;
}

export interface ThreeVerifiers {
  ask(file: Buffer): Promise<Verdicts>;
  stop(): void;
}

export async function startVerifiers(): Promise<ThreeVerifiers> {
  const { verifyExport: verifyAlone } = await import(pathToFileURL(tool("verify.mjs")).href);
  const python = hasPython ? startPython() : null;
  const mjs = (file: Buffer) => {
    try {
      return Boolean(verifyAlone(file));
    } catch {
      return false;
    }
  };
  const trust = { key: null, demanded: false };
  return {
    async ask(file) {
      const { ok } = verifyExport(file, { deriveOutcome: deriveTaskOutcome, trust });
      const alone = mjs(file);
      return { pm: ok, mjs: alone, py: python ? await python.ask(file) : alone };
    },
    stop: () => python?.stop(),
  };
}

function startPython() {
  const child = spawn("python3", ["-c", PROGRAM, tool("verify.py")], { stdio: ["pipe", "pipe", "inherit"] });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async ask(file: Buffer): Promise<boolean> {
      child.stdin.write(`${file.toString("base64")}\n`);
      const { value } = await answers.next();
      if (value !== "True" && value !== "False") throw new Error(`Python says ${value}`);
      return value === "True";
    },
    stop: () => void child.kill(),
  };
}

const PROGRAM = `
import base64, importlib.util, sys
sys.dont_write_bytecode = True
spec = importlib.util.spec_from_file_location("verify", sys.argv[1])
verify = importlib.util.module_from_spec(spec)
spec.loader.exec_module(verify)
for line in sys.stdin:
    try:
        print(bool(verify.verify_export(base64.b64decode(line))), flush=True)
    except Exception:
        print(False, flush=True)
`;
