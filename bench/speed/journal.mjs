/**
 * Evidence at work: durable journal appends against a bare write + fdatasync loop, and `verify` against `sha256sum`
 * over the same bytes. Prints two tables; exits 1 where a goal is missed.
 */
import { execFileSync } from "node:child_process";
import {
  closeSync,
  fdatasyncSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "tsup";
import { reportRow } from "./support/report-row.mjs";

const APPENDS = 200;
const APPEND_ROUNDS = 50;
const ROUNDS = 5;
const evidence = fileURLToPath(new URL("../../packages/core/src/evidence/", import.meta.url));
const root = mkdtempSync(join(tmpdir(), "pm-bench-journal-"));

try {
  const core = await loadInternals();
  const ok = [benchAppends(core), benchVerify(core)];
  process.exitCode = ok.every(Boolean) ? 0 : 1;
} finally {
  rmSync(root, { recursive: true, force: true });
}

/** Journal and verifier are internal to @pm/core, so they are built here, as its own build does. */
async function loadInternals() {
  const names = ["journal", "session-evidence", "verify", "redactor"];
  await build({
    entry: names.map((name) => join(evidence, `${name}.ts`)),
    outDir: join(root, "built"),
    format: ["esm"],
    target: "node20",
    splitting: true,
    noExternal: [/.*/],
    outExtension: () => ({ js: ".mjs" }),
    config: false,
    silent: true,
  });
  const modules = await Promise.all(
    names.map((name) => import(pathToFileURL(join(root, "built", `${name}.mjs`)).href)),
  );
  return Object.assign({}, ...modules);
}

function benchAppends(core) {
  const event = (n) => ({
    type: "check.evaluated",
    task_id: "task-1",
    phase: "QA",
    attempt: 1,
    on: "result",
    tree: "a".repeat(40),
    id: `C${n}`,
    passed: true,
    detail: "as it should be",
  });
  const journal = core.openJournal(join(root, "session-bench", "journal.jsonl"), {
    now: () => new Date(),
    quarantineDir: join(root, "quarantine"),
  });
  const line = Buffer.alloc(JSON.stringify(journal.append(event(0))).length + 1, "x");
  const fd = openSync(join(root, "bare"), "a", 0o600);
  const ours = [];
  const bare = [];
  // In turns, so that a change of the disk's speed meets both alike.
  for (let round = 0; round < APPEND_ROUNDS; round++) {
    ours.push(
      perSecond(APPENDS, () => {
        for (let n = 0; n < APPENDS; n++) journal.append(event(n));
      }),
    );
    bare.push(
      perSecond(APPENDS, () => {
        for (let n = 0; n < APPENDS; n++) {
          writeSync(fd, line);
          fdatasyncSync(fd);
        }
      }),
    );
  }
  journal.close();
  closeSync(fd);
  const ratio = median(ours) / median(bare);
  console.log(`journal, ${APPEND_ROUNDS} × ${APPENDS} durable appends, medians`);
  console.table({
    "pm journal": { "appends/s": Math.round(median(ours)), "of bare": ratio.toFixed(2) },
    "bare write + fdatasync": { "appends/s": Math.round(median(bare)), "of bare": "1.00" },
  });
  const met = median(ours) >= 2000 || ratio >= 0.8;
  console.log(`goal ≥ 2,000/s or ≥ 0.80: ${met ? "met" : "MISSED"}\n`);
  reportRow({
    what: "durable journal appends",
    goal: "≥ 2,000/s or ≥ 0.8 × a bare write + fdatasync loop",
    measured: `${Math.round(median(ours))}/s, ${ratio.toFixed(2)} ×`,
    met,
  });
  return met;
}

function benchVerify(core) {
  const shapes = {
    "logs (200 × 256 KiB, packed)": { count: 200, bytes: 256 * 1024, compress: true, random: false },
    "logs (200 × 256 KiB, as they are)": { count: 200, bytes: 256 * 1024, compress: false, random: true },
    "small (2,000 × 2 KiB)": { count: 2000, bytes: 2048, compress: false, random: true },
  };
  const rows = {};
  let met = true;
  for (const [name, shape] of Object.entries(shapes)) {
    const dir = writeSession(core, shape);
    const files = readdirSync(dir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0);
    const ours = [];
    const theirs = [];
    for (let round = 0; round < ROUNDS; round++) {
      ours.push(
        perSecond(bytes, () => {
          const report = core.verifySession(dir, { deriveOutcome: () => null });
          if (!report.ok) throw new Error(JSON.stringify(report.problems[0]));
        }),
      );
      theirs.push(
        perSecond(bytes, () =>
          execFileSync("xargs", ["-0", "sha256sum"], { input: files.join("\0"), maxBuffer: 1 << 28 }),
        ),
      );
    }
    const ratio = median(ours) / median(theirs);
    met &&= ratio >= 0.5;
    const what = `\`verify\`, ${name}`;
    reportRow({ what, goal: "≥ 0.5 × `sha256sum`", measured: `${ratio.toFixed(2)} ×`, met: ratio >= 0.5 });
    rows[name] = {
      MB: (bytes / 1e6).toFixed(1),
      "verify MB/s": Math.round(median(ours) / 1e6),
      "sha256sum MB/s": Math.round(median(theirs) / 1e6),
      ratio: ratio.toFixed(2),
    };
  }
  console.log(`verify against sha256sum of the same files, medians of ${ROUNDS}`);
  console.table(rows);
  console.log(`goal ≥ 0.50: ${met ? "met" : "MISSED"}`);
  return met;
}

/** One task whose QA commands left `count` outputs. */
function writeSession(core, { count, bytes, compress, random }) {
  const dir = join(mkdtempSync(join(root, "project-")), ".pm", "sessions", "session-bench");
  mkdirSync(dir, { recursive: true });
  const session = core.openSessionEvidence(dir, {
    now: () => new Date(),
    compress,
    redactor: core.createRedactor([]),
  });
  const task_id = "task-1";
  session.append({
    type: "session.opened",
    session_id: "session-bench",
    project: "/p",
    pm_version: "0.1.0",
    provider: "replay",
    model: null,
  });
  session.append({ type: "task.submitted", task_id, prompt: "bench", kind: "change", scope: [], checks: [] });
  const tree = "a".repeat(40);
  session.append({ type: "snapshot.taken", task_id, base: tree, files: 1 });
  for (const phase of ["REQUIREMENT_ANALYSIS", "TASK_DECOMPOSITION", "PLANNING", "EXECUTION"]) {
    session.append({ type: "phase.started", task_id, phase, attempt: 1 });
    session.append({ type: "phase.passed", task_id, phase, attempt: 1, evidence: [] });
  }
  session.append({ type: "phase.started", task_id, phase: "QA", attempt: 1 });
  for (let n = 0; n < count; n++) {
    const stdout = session.putBlob("stdout", output(n, bytes, random));
    session.append({
      type: "command.ran",
      task_id,
      phase: "QA",
      attempt: 1,
      purpose: "qa",
      on: "result",
      tree,
      id: "npm test",
      argv: ["npm", "test"],
      exit_code: 0,
      signal: null,
      termination: "exited",
      duration_ms: 12,
      survivors: 0,
      stdout,
      stderr: stdout,
      tests: { passed: n, failed: 0, skipped: 0 },
    });
  }
  session.writeProjections();
  session.close();
  return dir;
}

function output(n, bytes, random) {
  const line = (i) =>
    random ? `${(n * 7919 + i * 104729).toString(36)}${Math.sin(n + i)}\n` : `ok ${i} - case ${n} of ${i}\n`;
  let text = "";
  for (let i = 0; text.length < bytes; i++) text += line(i);
  return text.slice(0, bytes);
}

/** @returns `units` per second of what `work` took. */
function perSecond(units, work) {
  const start = process.hrtime.bigint();
  work();
  return units / (Number(process.hrtime.bigint() - start) / 1e9);
}

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
