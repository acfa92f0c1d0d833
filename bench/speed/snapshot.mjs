/**
 * Snapshot + checkout + capture of a git project, side by side with `git worktree add` on the same tree in the same
 * run. Goal: at most twice as long, and linear in the number of files; exits 1 where the former is missed.
 *
 *   node bench/speed/snapshot.mjs [files…]      default: 10000 50000
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { performance } from "node:perf_hooks";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "tsup";
import { reportRow } from "./support/report-row.mjs";

const ROUNDS = 5;
/** Times `git worktree add`. */
const GOAL = 2;
const sizes = process.argv.slice(2).map(Number);
const root = mkdtempSync(join(tmpdir(), "pm-bench-snapshot-"));

try {
  const createSnapshotStore = await loadStore();
  const rows = [];
  for (const files of sizes.length > 0 ? sizes : [10_000, 50_000])
    rows.push(await measure(createSnapshotStore, files));
  console.table(rows);
  if (rows.some((row) => Number(row.ratio) > GOAL)) process.exitCode = 1;
  for (const { files, ratio, "first total ms": ms } of rows) {
    const measured = `${ratio} × (${ms} ms)`;
    const what = `snapshot + checkout + capture of ${files} files`;
    reportRow({ what, goal: `≤ ${GOAL} × \`git worktree add\``, measured, met: Number(ratio) <= GOAL });
  }
  const [first, last] = [rows.at(0), rows.at(-1)];
  if (first !== last) {
    const perFile = (row) => row["first total ms"] / row.files;
    const growth = perFile(last) / perFile(first);
    console.log(`time per file, ${last.files} to ${first.files} files: ${growth.toFixed(2)} ×`);
    const what = `its time per file, ${last.files} against ${first.files} files`;
    reportRow({ what, goal: "linear: ≤ 1.5 ×", measured: `${growth.toFixed(2)} ×`, met: growth <= 1.5 });
  }
} finally {
  rmSync(root, { recursive: true, force: true });
}

/** The store is internal to @pm/core, so it is built here, as its own build does. */
async function loadStore() {
  const workspace = fileURLToPath(new URL("../../packages/core/src/workspace/", import.meta.url));
  await build({
    entry: [join(workspace, "create-snapshot-store.ts")],
    outDir: join(root, "built"),
    format: ["esm"],
    target: "node20",
    noExternal: [/.*/],
    outExtension: () => ({ js: ".mjs" }),
    config: false,
    silent: true,
  });
  return (await import(pathToFileURL(join(root, "built", "create-snapshot-store.mjs")).href))
    .createSnapshotStore;
}

/** Rounds alternate between git and us, so that a busy machine slows both alike. */
async function measure(createSnapshotStore, files) {
  const project = join(root, `project-${files}`);
  makeProject(project, files);
  const git = (...args) => execFileSync("git", ["-C", project, ...args], { stdio: "ignore" });
  const times = { worktree: [], snapshot: [], checkout: [], capture: [], first: [], again: [] };
  for (let round = 0; round < ROUNDS; round++) {
    const worktree = join(root, "worktree");
    const workDir = join(root, "work");
    times.worktree.push(await timed(() => git("worktree", "add", "--quiet", "--detach", worktree, "HEAD")));
    git("worktree", "remove", "--force", worktree);

    // Each round from nothing: no store, no cache of an earlier snapshot.
    rmSync(join(project, ".pm"), { recursive: true, force: true });
    const store = await createSnapshotStore({
      projectDir: project,
      storeDir: join(project, ".pm/store.git"),
      workDir,
    });
    let tree = "";
    let checkout;
    const snapshot = await timed(async () => {
      tree = (await store.snapshot()).tree;
    });
    const out = await timed(async () => {
      checkout = await store.checkout(tree, join(root, "checkout"));
    });
    const capture = await timed(() => checkout.capture());
    times.snapshot.push(snapshot);
    times.checkout.push(out);
    times.capture.push(capture);
    times.first.push(snapshot + out + capture);
    await checkout.remove();
    await store.consolidate(tree);
    times.again.push(await timed(() => store.snapshot()));
    rmSync(workDir, { recursive: true, force: true });
  }
  rmSync(project, { recursive: true, force: true });
  const worktree = median(times.worktree);
  return {
    files,
    "git worktree add ms": Math.round(worktree),
    "snapshot ms": Math.round(median(times.snapshot)),
    "checkout ms": Math.round(median(times.checkout)),
    "capture ms": Math.round(median(times.capture)),
    "first total ms": Math.round(median(times.first)),
    ratio: (median(times.first) / worktree).toFixed(2),
    "next snapshot ms": Math.round(median(times.again)),
  };
}

function makeProject(dir, files) {
  for (let n = 0; n < files; n++) {
    const path = join(
      dir,
      `package-${Math.floor(n / 1000)}`,
      `module-${Math.floor(n / 20) % 50}`,
      `file-${n}.ts`,
    );
    if (n % 20 === 0) mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `export const value${n} = ${n};\n${`// line of file ${n}\n`.repeat(20 + (n % 60))}`);
  }
  const git = (...args) => execFileSync("git", ["-C", dir, ...args], { stdio: "ignore" });
  git("init", "--quiet");
  git("config", "gc.auto", "0");
  git("add", "--all");
  git("-c", "user.name=bench", "-c", "user.email=bench@example.org", "commit", "--quiet", "--message=bench");
  git("gc", "--quiet");
}

async function timed(work) {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
