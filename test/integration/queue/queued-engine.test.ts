import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { HONEST } from "../../../packages/core/test/support/honest-script.ts";
import type { Script } from "../../../packages/core/test/support/scripted-provider.ts";
import { type Bench, EACH_ITS_OWN, makeBench, SECRET, task } from "./support.ts";

let bench: Bench;
afterEach(() => bench.end());

const states = async (groupId: string) => {
  const { items } = await bench.queue.listTasks({ groupId });
  return items.map(({ state }) => state);
};

const codes = (result: { violations: readonly { code: string }[] }) =>
  result.violations.map(({ code }) => code);

/** Fails, waits or goes beyond its scope, as the prompt says. */
const MIXED: Script = {
  ...EACH_ITS_OWN,
  EXECUTION: (request) => {
    const honest = EACH_ITS_OWN.EXECUTION;
    const act = typeof honest === "function" ? honest(request) : {};
    if (request.task.includes("broken")) return { record: { is_error: true, exit_code: 1 } };
    if (request.task.includes("slow")) return { ...act, argv: ["sleep", "4711"] };
    if (request.task.includes("wide")) return { ...act, writes: { ...act.writes, "docs/note.md": "x\n" } };
    return act;
  },
};

describe("the engine's interface over the queue", () => {
  it("shows what is started here in the queue, with the state that its evidence gives", async () => {
    bench = await makeBench(EACH_ITS_OWN);
    const result = await bench.queued.start({ project: bench.project, tasks: [task("alpha")] });
    expect(result.overall_status).toBe("COMPLETE");
    const { items } = await bench.queue.listTasks({ groupId: result.session_id });
    expect(items).toMatchObject([
      {
        state: "COMPLETE",
        session: { session_id: result.session_id, place: bench.project },
        outcome: { code: null, message: "2 files changed.", evidence_path: result.evidence_path },
      },
    ]);
    expect(await bench.queued.status(result.session_id)).toEqual(result);
  });

  it("runs several tasks in order in one session, which is not COMPLETE before the last", async () => {
    bench = await makeBench(EACH_ITS_OWN);
    const seen: string[] = [];
    const tasks = [task("alpha"), task("beta")];
    const result = await bench.queued.start({
      project: bench.project,
      tasks,
      onEvent: async (event) => {
        if (event.kind === "journal" && event.event.type === "task.ended")
          seen.push((await bench.queued.status(bench.requests[0]?.sessionId ?? "")).overall_status);
      },
    });
    expect(result.overall_status).toBe("COMPLETE");
    expect(result.tasks.map(({ status }) => status)).toEqual(["COMPLETE", "COMPLETE"]);
    expect(seen[0]).toBe("INCOMPLETE");
    expect(await states(result.session_id)).toEqual(["COMPLETE", "COMPLETE"]);
  });

  it("does not begin what was to follow a task that failed", async () => {
    bench = await makeBench(MIXED);
    const tasks = [task("broken"), task("beta")];
    const result = await bench.queued.start({ project: bench.project, tasks });
    expect(result.overall_status).toBe("ERROR");
    expect(await states(result.session_id)).toEqual(["ERROR", "CANCELLED"]);
    expect(bench.requests.every((request) => !request.task.includes("beta"))).toBe(true);
    const [, second] = (await bench.queue.listTasks({ groupId: result.session_id })).items;
    expect(second?.outcome?.code).toBe("E444");
  });

  it("lets what was interrupted wait for a person, and goes on where it stopped", async () => {
    bench = await makeBench(MIXED);
    const control = new AbortController();
    const tasks = [task("slow"), task("beta")];
    const stopped = await bench.queued.start({
      ...{ project: bench.project, tasks, signal: control.signal },
      onEvent: (event) => {
        if (
          event.kind === "journal" &&
          event.event.type === "run.started" &&
          event.event.phase === "EXECUTION"
        )
          setTimeout(() => control.abort(), 300);
      },
    });
    const id = stopped.session_id;
    expect(stopped).toMatchObject({ overall_status: "INCOMPLETE", next_action: `pm approve ${id}` });
    expect(await states(id)).toEqual(["AWAITING_APPROVAL", "QUEUED"]);
    await expect(bench.queued.continueSession({ sessionId: id })).rejects.toMatchObject({ code: "E205" });
    expect(await states(id)).toEqual(["AWAITING_APPROVAL", "QUEUED"]);
    const view = await bench.queued.approvalView(id);
    await bench.queued.approve({ sessionId: id, digest: view.digest });
    expect(await states(id)).toEqual(["QUEUED", "QUEUED"]);
    const again = new AbortController();
    setTimeout(() => again.abort(), 3_000);
    await bench.queued.continueSession({ sessionId: id, signal: again.signal });
    expect(await states(id)).toEqual(["AWAITING_APPROVAL", "QUEUED"]);
  });

  it("takes more tasks into a session that is COMPLETE", async () => {
    bench = await makeBench(EACH_ITS_OWN);
    const { session_id: sessionId } = await bench.queued.start({
      project: bench.project,
      tasks: [task("alpha")],
    });
    const result = await bench.queued.continueSession({ sessionId, tasks: [task("beta")] });
    expect(result).toMatchObject({ session_id: sessionId, overall_status: "COMPLETE" });
    expect(await states(sessionId)).toEqual(["COMPLETE", "COMPLETE"]);
    await expect(bench.queued.continueSession({ sessionId })).rejects.toMatchObject({ code: "E204" });
  });

  it("opens a session without a task, and its first task takes that session", async () => {
    bench = await makeBench(EACH_ITS_OWN);
    const { session_id: sessionId } = await bench.queued.start({ project: bench.project, tasks: [] });
    const result = await bench.queued.continueSession({ sessionId, tasks: [task("alpha")] });
    expect(result).toMatchObject({ session_id: sessionId, overall_status: "COMPLETE" });
    expect(await states(sessionId)).toEqual(["COMPLETE"]);
  });

  it("puts nothing into the queue that could not begin", async () => {
    bench = await makeBench(EACH_ITS_OWN);
    const bad = { project: bench.project, tasks: [{ ...task("alpha"), prompt: " " }] };
    await expect(bench.queued.start(bad)).rejects.toMatchObject({ code: "E209" });
    const nowhere = { project: join(bench.home, "nowhere"), tasks: [task("alpha")] };
    await expect(bench.queued.start(nowhere)).rejects.toMatchObject({ code: "E101" });
    expect((await bench.queue.listTasks({})).items).toEqual([]);
  });

  it("puts the same tasks there once under a key, and takes nothing back that it did not put there", async () => {
    bench = await makeBench(HONEST);
    const asked = { project: bench.project, idempotencyKey: "k" };
    const both = { ...asked, tasks: [task("alpha"), task("beta")] };
    const [one, other] = await Promise.all([bench.queued.enqueue(both), bench.queued.enqueue(both)]);
    expect(other.map(({ task_id }) => task_id)).toEqual(one.map(({ task_id }) => task_id));
    const groupId = one[0]?.group_id ?? "";
    expect(groupId).toMatch(/^session-[a-z0-9]{1,40}$/);
    expect(await states(groupId)).toEqual(["QUEUED", "QUEUED"]);
    const changed = bench.queued.enqueue({ ...asked, tasks: [task("alpha"), task("gamma")] });
    await expect(changed).rejects.toMatchObject({ code: "E415" });
    expect(await states(groupId)).toEqual(["QUEUED", "QUEUED"]);
    const elsewhere = bench.queued.enqueue({ ...asked, sessionId: "other", tasks: [task("alpha")] });
    await expect(elsewhere).rejects.toMatchObject({ code: "E415" });
  });

  it("lets no secret into the queue", async () => {
    bench = await makeBench(EACH_ITS_OWN);
    const leaky = {
      ...task("alpha"),
      prompt: `Use ${SECRET}, or sk-ant-api03-${"a".repeat(95)}`,
      checks: [[SECRET]],
    };
    await bench.queued.submit({ project: bench.project, tasks: [leaky] });
    const dir = join(bench.home, "namespaces/default");
    const bytes = Buffer.concat(readdirSync(dir).map((name) => readFileSync(join(dir, name))));
    expect(bytes.includes("[redacted:")).toBe(true);
    expect(bytes.includes(SECRET)).toBe(false);
    expect(bytes.includes("sk-ant-api03-a")).toBe(false);
  });

  it("says of a task that waits how to run it, and cancels it", async () => {
    bench = await makeBench(EACH_ITS_OWN);
    const result = await bench.queued.submit({
      project: bench.project,
      tasks: [task("alpha"), task("beta")],
    });
    const id = result.session_id;
    expect(result).toMatchObject({
      overall_status: "INCOMPLETE",
      next_action: `pm worker --project ${bench.project}`,
    });
    expect(codes(result)).toEqual(["E442", "E442"]);
    const cancelled = await bench.queued.cancel(`${id}.2`);
    expect(codes(cancelled)).toEqual(["E445"]);
    expect(await states(id)).toEqual(["QUEUED", "CANCELLED"]);
    const group = `${id}.1`;
    await bench.queued.enqueue({ project: bench.project, sessionId: group, tasks: [task("gamma")] });
    await bench.queued.cancel(group);
    expect([...(await states(id)), ...(await states(group))]).toEqual(["CANCELLED", "CANCELLED", "QUEUED"]);
    await expect(bench.queued.status("session-unknown")).rejects.toMatchObject({ code: "E203" });
    await expect(bench.queued.cancel("session-unknown")).rejects.toMatchObject({ code: "E203" });
  });

  it("ends a session's tasks with the session when a person cancels it", async () => {
    bench = await makeBench(MIXED);
    const running = bench.queued.start({ project: bench.project, tasks: [task("slow"), task("beta")] });
    while (!bench.requests.some(({ phase }) => phase === "EXECUTION"))
      await new Promise((resolve) => setTimeout(resolve, 20));
    const id = bench.requests[0]?.sessionId ?? "";
    const cancelled = await bench.queued.cancel(id);
    expect(cancelled).toMatchObject({ overall_status: "INCOMPLETE", next_action: null });
    await running;
    expect(await states(id)).toEqual(["CANCELLED", "CANCELLED"]);
    await expect(bench.queued.continueSession({ sessionId: id })).rejects.toMatchObject({ code: "E204" });
  });

  it("touches no session of another namespace, and shows none of its tasks", async () => {
    bench = await makeBench(EACH_ITS_OWN);
    const { session_id: id } = await bench.queued.start({ project: bench.project, tasks: [task("alpha")] });
    const other = await bench.front("other");
    expect(await other.sessions(bench.project)).toEqual([]);
    expect(await bench.queued.sessions(bench.project)).toHaveLength(1);
    await expect(other.logs(id)).rejects.toMatchObject({ code: "E448" });
    await expect(bench.queued.journal(id, 0)).resolves.not.toHaveLength(0);
    for (const look of [
      () => other.taskView(id, "task-1"),
      () => other.journal(id, 0),
      () => other.evidence(id, "0".repeat(64)),
    ])
      await expect(look()).rejects.toMatchObject({ code: "E448" });
    const refused = { code: "E448", data: { namespace: "default", asked: "other" } };
    await expect(other.status(id)).rejects.toMatchObject(refused);
    await expect(other.cancel(id)).rejects.toMatchObject(refused);
    await expect(other.continueSession({ sessionId: id, tasks: [task("beta")] })).rejects.toMatchObject(
      refused,
    );
  });

  it("works on a session that no queue ever saw as it does without one", async () => {
    bench = await makeBench(MIXED);
    const { session_id: id } = await bench.engine.start({ project: bench.project, tasks: [task("wide")] });
    const view = await bench.queued.approvalView(id);
    await bench.queued.approve({ sessionId: id, digest: view.digest });
    const result = await bench.queued.continueSession({ sessionId: id });
    expect(result.overall_status).toBe("COMPLETE");
    expect(existsSync(join(bench.project, "docs/note.md"))).toBe(true);
    expect((await bench.queue.listTasks({})).items).toEqual([]);
  });

  it("leaves an error that stopped a task on record, and throws it", async () => {
    bench = await makeBench(HONEST, {
      ".claude/settings.json": '{"require_sandbox":true,"isolation":"process"}',
    });
    const started = bench.queued.start({ project: bench.project, tasks: [task("alpha")] });
    const error = await started.catch((thrown) => thrown);
    const [item] = (await bench.queue.listTasks({})).items;
    expect(item).toMatchObject({ state: "ERROR", outcome: { code: error.code } });
  });
});
