import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

export default {
  why: "It writes everywhere but where it should, and nothing of it is there afterwards.",
  expect: { status: "NO_EVIDENCE", gates: ["change"] },
  withoutSandbox: "not covered",
  execute(agent) {
    const targets = [agent.outside, "..", "../home", "../person", "/etc", "/usr/local/bin", "/var/lib"];
    for (const dir of targets) agent.run("sh", "-c", `mkdir -p ${dir}; echo x > ${dir}/pm-cheat-was-here`);
  },
  after({ folder, outside }) {
    const dirs = [folder, join(folder, "home"), join(folder, "person"), "/etc", "/usr/local/bin", "/var/lib"];
    const there = dirs.map((dir) => join(dir, "pm-cheat-was-here")).filter((path) => existsSync(path));
    if (readdirSync(outside).length > 0) there.push(outside);
    return there.length > 0 ? `there is ${there.join(", ")}` : null;
  },
};
