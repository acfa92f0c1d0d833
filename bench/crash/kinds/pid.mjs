/** The record of a holder whose pid belongs to another process now is that of a dead one; that of a live one is respected. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { checkComplete, goOn } from "../support/recover.mjs";

const boot = () => readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
const startOf = (pid) => {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
};

/** Each a holder's record made from this very process, which lives and holds nothing. */
export const HOLDERS = {
  live: { held: true, of: (self) => self },
  "another start time": { held: false, of: (self) => ({ ...self, start: String(Number(self.start) - 1) }) },
  "another boot": { held: false, of: (self) => ({ ...self, boot: "00000000-0000-4000-8000-000000000000" }) },
  "no such pid": { held: false, of: (self) => ({ ...self, pid: 4_194_303 }) },
  released: { held: false, of: (self) => ({ ...self, released: true }) },
};

/** @returns one case for the tally; what is begun is a session that waits to be continued */
export async function holdWith(lane, name) {
  lane.restore("begun");
  const [id] = lane.sessions();
  const dir = join(lane.project, ".pm/locks", id);
  const self = {
    pid: process.pid,
    start: startOf(process.pid),
    boot: boot(),
    at: new Date().toISOString(),
    released: false,
  };
  mkdirSync(dir, { recursive: true });
  const file = join(
    dir,
    `lock.${1 + Math.max(0, ...readdirSync(dir).map((one) => Number(one.split(".")[1]) || 0))}`,
  );
  writeFileSync(file, JSON.stringify(HOLDERS[name].of(self)));
  const found = [];
  const bytes = lane.journal(id);
  const refusal = HOLDERS[name].held ? await lane.pm(["continue", id, "--json"]) : null;
  if (refusal && refusal.result?.error?.code !== "E401")
    found.push({ figure: "wrong", what: `a live holder was not respected: ${refusal.stdout.slice(0, 500)}` });
  if (refusal) rmSync(file);
  const way = await goOn(lane, id);
  found.push(...(await checkComplete(lane, { ...way, id, bytes })));
  const outcome = `${refusal ? `${refusal.result?.error?.code}, then ` : ""}${way.status}`;
  return { kind: "pid reuse", outcome, found };
}
