/**
 * Whether those who check a session's export without `pm` say of it what `pm` says: tools/verify.mjs and tools/verify.py accept it with
 * the same status where `pm verify` does, all three refuse it with one byte changed, and what `pm verify` refuses can't be exported.
 */
import { execFile, spawnSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const tool = (name) => fileURLToPath(new URL(`../../tools/${name}`, import.meta.url));

const hasPython = spawnSync("python3", ["--version"]).status === 0;

/** Their names, and how each is called; the second one where there is a Python. */
const INDEPENDENT = {
  "tools/verify.mjs": [process.execPath, tool("verify.mjs")],
  ...(hasPython && { "tools/verify.py": ["python3", tool("verify.py")] }),
};

/**
 * @param {{ pm: (args: string[]) => Promise<{ code: number | null, stdout: string, stderr: string }>, folder: string,
 *   id: string, verified: { code: number | null, stdout: string }, at: number }} session `verified` is what `pm verify <id> --json` said;
 *   `folder` takes the export for a moment; `at`, from 0 to below 1, is where the changed byte lies
 * @returns {Promise<string[]>} what they do not agree on
 */
export async function verifiersDisagree({ pm, folder, id, verified, at }) {
  const file = join(folder, `${id}.pm.tar`);
  const exported = await pm(["export", id, "--output", file]);
  try {
    if (verified.code !== 0)
      return exported.code === 0 ? ["pm verify refuses it, and pm export made a file of it"] : [];
    if (exported.code !== 0) return [`pm verify accepts it, pm export does not: ${exported.stderr}`];
    const status = JSON.parse(verified.stdout).overall_status;
    const found = [];
    for (const [name, argv] of Object.entries(INDEPENDENT)) {
      const said = await run([...argv, file]);
      if (!said.startsWith(`VERIFIED: ${id} is ${status};`))
        found.push(`pm verify: ${status}; ${name}: ${said}`);
    }
    flip(file, at);
    for (const [name, argv] of Object.entries(INDEPENDENT)) {
      const said = await run([...argv, file]);
      if (!said.startsWith("REFUSED: ")) found.push(`with a byte changed at ${at}, ${name}: ${said}`);
    }
    const again = await pm(["verify", file]);
    if (again.code === 0) found.push(`with a byte changed at ${at}, pm verify: ${again.stdout}`);
    return found;
  } finally {
    rmSync(file, { force: true });
  }
}

/** @returns {Promise<string>} what it printed, or why it could not be run */
function run([file, ...args]) {
  return new Promise((resolve) => {
    execFile(file, args, (error, stdout, stderr) =>
      resolve(stdout || `nothing: ${error?.message ?? ""}${stderr}`),
    );
  });
}

function flip(file, at) {
  const bytes = readFileSync(file);
  bytes[Math.floor(at * bytes.length)] ^= 1;
  writeFileSync(file, bytes);
}
