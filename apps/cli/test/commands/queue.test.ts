import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RunnerError } from "@pm/core";
import { describe, expect, it, onTestFinished } from "vitest";
import { queueChoice } from "../../src/queue/queue-choice.ts";
import { age } from "../../src/render/age.ts";
import { runPm } from "../run-pm.ts";
import { payloadOf, tempQueue } from "../temp-queue.ts";

const worker = (id: string, pid: number) => ({
  worker_id: id,
  host: "mill",
  pid,
  projects: ["/work/a", "/work/b"],
  concurrency: 2,
  started_at: new Date().toISOString(),
});

describe("pm queue status", () => {
  it("says where the queue is and that nothing waits", async () => {
    const { queue, services } = await tempQueue();
    const run = await runPm(["queue", "status"], {}, { services });
    expect(run.out).toBe(
      `Namespace  default\nEngine     sqlite\nPlace      ${queue.place}\nTasks      none\nWaiting    none\n`,
    );
    expect(run.code).toBe(0);
  });

  it("shows counts, what waits longest, what runs with whom, and which workers are alive", async () => {
    const { queue, services } = await tempQueue();
    for (const group of ["a", "b", "c"])
      await queue.submit({ groupId: group, project: "/work/a", payload: payloadOf(`do ${group}`) });
    await queue.announce(worker("box-77-x-abcdef", 77));
    await queue.announce(worker("box-78-x-fedcba", 78));
    await queue.claim("a.1", { workerId: "box-77-x-abcdef", leaseMs: 1_000 });
    const isGone = async (id: string) => id.includes("-78-");
    const early = await runPm(["queue", "status"], {}, { services: { ...services, isGone }, now: Date.now });
    expect(early.out).toContain("Tasks      2 QUEUED, 1 RUNNING\n");
    expect(early.out).toMatch(/a\.1 +\d s +abcdef on mill +do a\n/);
    expect(early.out).toMatch(/abcdef +yes +mill +77 +2 +\/work\/a, \/work\/b\n/);
    expect(early.out).toMatch(/fedcba +seen \d s ago +mill +78/);
    expect(early.out).not.toContain("Next");
    const now = () => Date.now() + 2 * 3_600_000;
    const late = await runPm(["queue", "status"], {}, { services: { ...services, isGone }, now });
    expect(late.out).toContain("Waiting    2, the oldest for 2 h\n");
    expect(late.out).toMatch(/abcdef +seen 2 h ago/);
    expect(late.out).toMatch(/No worker is alive\.\nNext {2}pm worker\n$/);
  });

  it("gives the same as one object", async () => {
    const { queue, services } = await tempQueue();
    await queue.announce(worker("box-77-x-abcdef", 77));
    const { out } = await runPm(["queue", "status", "--json"], {}, { services, now: Date.now });
    expect(JSON.parse(out)).toMatchObject({
      ...{ namespace: "default", engine: "sqlite", place: queue.place, oldest_waiting_at: null },
      ...{ counts: { QUEUED: 0 }, running: [] },
      workers: [{ worker_id: "box-77-x-abcdef", alive: true }],
    });
  });

  it("passes on that there is no table, and what makes it", async () => {
    const services = {
      queue: async () => {
        throw new RunnerError("E430", { table: "pm-runner-queue-dev", place: "eu-west-1", namespace: "dev" });
      },
    };
    const run = await runPm(["queue", "status", "--namespace", "dev"], {}, { services });
    expect(run.err).toContain("E430 ");
    expect(run.err).toContain("Make it: pm queue create --namespace dev");
    expect(run.code).toBe(1);
  });
});

describe("pm queue create", () => {
  it("says that SQLite needs nothing", async () => {
    const services = {
      createQueue: async () => ({ engine: "sqlite" as const, place: "/q.db", policy: null }),
    };
    const { out } = await runPm(["queue", "create", "--namespace", "dev"], {}, { services });
    expect(out).toContain("READY  queue of namespace dev\n");
    expect(out).toContain("Nothing else is needed");
    expect(out).toContain('pm start "what to do" --namespace dev\n');
  });

  it("makes a table with so many shards and prints the policy", async () => {
    const asked: unknown[] = [];
    const services = {
      async createQueue(...args: unknown[]) {
        asked.push(args);
        return { engine: "dynamodb" as const, place: "pm-runner-queue in here", policy: { work: {} } };
      },
    };
    const { out } = await runPm(["queue", "create", "--shards", "4"], {}, { services });
    expect(asked).toEqual([["default", 4]]);
    expect(out).toContain('"work": {}');
    const json = await runPm(["queue", "create", "--json"], {}, { services });
    expect(JSON.parse(json.out)).toMatchObject({ engine: "dynamodb", policy: { work: {} } });
  });

  it("prints only the policy, and makes nothing, with --policy", async () => {
    const services = { queuePolicy: async (namespace: string) => ({ work: namespace }) };
    const { out } = await runPm(["queue", "create", "--policy", "--namespace", "dev"], {}, { services });
    expect(JSON.parse(out)).toEqual({ work: "dev" });
  });
});

describe("which queue is used", () => {
  function homeWith(config: object): string {
    const home = mkdtempSync(join(tmpdir(), "pm-choice-"));
    onTestFinished(() => rmSync(home, { recursive: true }));
    writeFileSync(join(home, "config.json"), JSON.stringify(config), { mode: 0o600 });
    return home;
  }
  const dynamodb = { region: "eu-west-1", endpoint: "http://localhost:1" };

  it("is SQLite unless something else is said", async () => {
    const choice = await queueChoice({ PM_HOME: "/none", PM_QUEUE: "" }, "dev");
    expect(choice).toEqual({ engine: "sqlite", home: "/none", namespace: "dev" });
  });

  it("is what config.json says, and the environment wins over it", async () => {
    const home = homeWith({ queue: { engine: "dynamodb", dynamodb } });
    expect(await queueChoice({ PM_HOME: home }, "dev")).toMatchObject({ engine: "dynamodb", ...dynamodb });
    const env = { PM_HOME: home, PM_QUEUE: "sqlite", PM_DYNAMODB_ENDPOINT: "http://localhost:2" };
    const choice = await queueChoice(env, "dev");
    expect(choice).toMatchObject({ engine: "sqlite", endpoint: "http://localhost:2" });
  });

  it.each([
    [{ PM_QUEUE: "redis" }, {}],
    [{}, { queue: { engine: "redis" } }],
  ])("refuses an engine that there is not: %j %j", async (env, config) => {
    const chosen = queueChoice({ PM_HOME: homeWith(config), ...env }, "dev");
    await expect(chosen).rejects.toMatchObject({ code: "E443", message: expect.stringContaining("redis") });
  });
});

describe("age", () => {
  it.each([
    [-5, "0 s"],
    [59_999, "59 s"],
    [60_000, "1 min"],
    [7_300_000, "2 h"],
    [86_400_000, "1 day"],
    [200_000_000, "2 days"],
  ])("of %i ms is %s", (ms, text) => expect(age(ms)).toBe(text));
});
