import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { PROMPT, readText, replBench } from "./repl-bench.ts";

/** QA fails on whatever the agent does, until a person decides. */
const BROKEN_QA = {
  ".claude/settings.json": JSON.stringify({ qa: { commands: [["node", "-e", "process.exit(3)"]] } }),
};

/** It passes, but proves nothing: a person may accept that. */
const UNCOUNTED_QA = {
  ".claude/settings.json": JSON.stringify({ qa: { commands: [["node", "-e", "0"]] } }),
};

describe("the seed's workflow", () => {
  it("starts a session, runs a typed task in it and tells each phase and the result", async () => {
    const bench = replBench();
    const started = await bench.type("/start");
    expect(started).toMatch(/^> \/start\nINCOMPLETE {2}session-/);
    expect(started).toContain("Next       Type what is to be done");
    const session = bench.controller.view().sessionId;
    const printed = await bench.typeAndWait(PROMPT);
    const phases = bench.items.flatMap((item) =>
      item.kind === "phase" ? [`${item.phase} ${item.mark}`] : [],
    );
    expect(phases).toEqual([
      "REQUIREMENT_ANALYSIS passed",
      "TASK_DECOMPOSITION passed",
      "PLANNING passed",
      "EXECUTION passed",
      "QA passed",
      "COMPLETION_VALIDATION passed",
      "REPORT passed",
    ]);
    expect(printed).toContain(`COMPLETE  ${session}`);
    expect(bench.attention).toEqual([`COMPLETE: ${PROMPT}`]);
    expect(readText(bench.project, "src/slug.js")).not.toContain("throw");
    expect(bench.controller.view()).toMatchObject({
      sessionId: session,
      running: [],
      waiting: [],
      worker: true,
    });
    expect(await bench.type("/status")).toContain(`COMPLETE  ${session}`);
    await bench.type("/exit");
    expect(bench.controller.view().ended).toBe(true);
  });

  it("opens a session for a task that is typed without one", async () => {
    const bench = replBench();
    await bench.typeAndWait(PROMPT);
    const [session] = await bench.controller.sessions();
    expect(session?.overall_status).toBe("COMPLETE");
    expect(bench.controller.view().sessionId).toBe(session?.session_id);
  });

  it("shows a run while it goes on, and takes what is typed meanwhile into the queue", async () => {
    const bench = replBench({ delayMs: 300 });
    const views: string[] = [];
    bench.controller.onView((view) => {
      const [run] = view.running;
      views.push(`${run?.here ?? "-"} ${run?.progress?.running?.phase ?? "-"} ${view.waiting.length}`);
    });
    await bench.type(PROMPT);
    await bench.type("Another one");
    expect(bench.controller.view().waiting.map(({ summary }) => summary)).toContain("Another one");
    await bench.controller.settled();
    expect(views).toContain("true PLANNING 1");
    expect(views.length).toBeLessThan(300);
    const results = bench.items.flatMap((item) => (item.kind === "result" ? [item.result] : []));
    expect(results.map(({ tasks }) => tasks.map(({ prompt }) => prompt))).toEqual([
      [PROMPT],
      ["Another one"],
    ]);
  });

  it("makes a project with /init and works at once", async () => {
    const bench = replBench();
    rmSync(join(bench.project, ".claude"), { recursive: true });
    expect(await bench.type(`/provider replay:${bench.recording}`)).toContain("Kept until this REPL ends");
    expect(await bench.type(PROMPT)).toMatch(/E105[\s\S]*Fix: Type: \/init/);
    expect(await bench.type("/start")).toContain("E105");
    expect(await bench.type("/init")).toContain("created  .claude/settings.json");
    expect(JSON.parse(readText(bench.project, ".claude/repl.json"))).toEqual({
      provider: `replay:${bench.recording}`,
    });
    expect(await bench.typeAndWait(PROMPT)).toContain("COMPLETE  session-");
  });
});

describe("a task that needs a person", () => {
  it("is approved by its card and continued, as typed", async () => {
    const bench = replBench({ files: BROKEN_QA });
    const printed = await bench.typeAndWait(PROMPT);
    expect(printed).toContain("INCOMPLETE  session-");
    expect(printed).toContain("Next       /approve");
    expect(bench.attention).toEqual([`needs your approval: ${PROMPT}`]);
    const id = bench.controller.view().sessionId ?? "";
    expect(bench.controller.view().waiting).toMatchObject([{ state: "AWAITING_APPROVAL" }]);
    expect(await bench.type(`/continue ${id}`)).toMatch(/E205[\s\S]*Fix: Run: \/approve/);
    expect(await bench.type("One more")).toMatch(/waits for .*, which waits for you: \/status/);
    await bench.type("/approve");
    const card = bench.controller.view().approval;
    expect(card).toMatchObject({ sessionId: id });
    expect(card?.violations.map(({ code }) => code)).toContain("E223");
    await bench.controller.decide({ kind: "diff" });
    await bench.controller.decide({ kind: "evidence" });
    const shown = bench.items.flatMap((item) => (item.kind === "text" ? [item.lines[0]] : []));
    expect(shown).toMatchObject([
      expect.stringMatching(`^Diff of ${id} `),
      expect.stringMatching("^Evidence of task-1 "),
    ]);
    await bench.controller.decide({
      kind: "approve",
      digest: card?.digest ?? "",
      andContinue: false,
      note: "ok",
    });
    expect(bench.controller.view().approval).toBeNull();
    const before = bench.items.length;
    await bench.typeAndWait(`/continue ${id}`);
    // The queue's own news of it comes later, and must not tell it again.
    await new Promise((resolve) => setTimeout(resolve, 200));
    const told = bench.items.slice(before);
    expect(told.filter(({ kind }) => kind === "phase").length).toBeGreaterThan(0);
    const rest = told.filter(({ kind }) => kind !== "phase" && kind !== "input");
    expect(rest).toMatchObject([{ kind: "result", result: { session_id: id } }]);
  });

  it("is found by its id after a restart, accepted and landed, and told once", async () => {
    const first = replBench({ files: UNCOUNTED_QA });
    await first.typeAndWait(PROMPT);
    const id = first.controller.view().sessionId ?? "";
    await first.controller.close();
    const bench = first.another();
    expect(await bench.type(`/continue ${id}`)).toContain("E205");
    await bench.type("/approve");
    const card = bench.controller.view().approval;
    expect(card).toMatchObject({ effect: "accept", files: expect.arrayContaining([expect.anything()]) });
    const before = bench.items.length;
    await bench.controller.decide({ kind: "approve", digest: card?.digest ?? "", andContinue: true });
    await bench.controller.settled();
    await new Promise((resolve) => setTimeout(resolve, 200));
    const told = bench.items.slice(before).filter(({ kind }) => kind !== "phase");
    expect(told).toMatchObject([
      { kind: "notice", text: `Approved: task-1 of ${id}.` },
      { kind: "result", result: { overall_status: "COMPLETE" } },
    ]);
    expect(readText(bench.project, "src/slug.js")).not.toContain("throw");
    expect(bench.controller.view()).toMatchObject({ running: [], waiting: [] });
  });

  it("is not approved with the digest of another card, which is then shown anew", async () => {
    const bench = replBench({ files: BROKEN_QA });
    await bench.typeAndWait(PROMPT);
    await bench.type("/approve");
    await bench.controller.decide({ kind: "approve", digest: "0".repeat(64), andContinue: true });
    expect(bench.items.at(-1)).toMatchObject({ kind: "error", report: { code: "E208" } });
    expect(bench.controller.view().approval?.digest).toMatch(/^[0-9a-f]{64}$/);
    await bench.controller.decide({ kind: "later" });
    expect(bench.controller.view().approval).toBeNull();
    expect(bench.controller.view().waiting).toHaveLength(1);
  });

  it("is ended by a rejection", async () => {
    const bench = replBench({ files: BROKEN_QA });
    await bench.typeAndWait(PROMPT);
    await bench.type("/approve");
    await bench.controller.decide({ kind: "reject", note: "wrong\u001b[31m file" });
    expect(bench.items.at(-1)).toMatchObject({ kind: "notice", text: expect.stringContaining("wrong file") });
    expect(bench.controller.view().approval).toBeNull();
    expect(await bench.type("/status")).toContain("E213");
  });

  it("waits for a person where it was interrupted, and goes on when that one says so", async () => {
    const bench = replBench({ delayMs: 1000 });
    await bench.type(PROMPT);
    for (;;) {
      if (bench.controller.view().running[0]?.progress?.running?.phase === "REQUIREMENT_ANALYSIS") break;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await bench.controller.interrupt();
    await bench.controller.settled();
    expect(bench.controller.view().running).toEqual([]);
    expect(bench.items.at(-1)).toMatchObject({ kind: "result", result: { overall_status: "INCOMPLETE" } });
    const id = bench.controller.view().sessionId ?? "";
    expect(await bench.type("/approve")).toMatch(new RegExp(`E207[\\s\\S]*Fix: Type: /continue ${id}`));
    await bench.typeAndWait(`/continue ${id}`);
    expect(bench.items.at(-1)).toMatchObject({ kind: "result", result: { overall_status: "COMPLETE" } });
  });
});

describe("providers", () => {
  it("are refused when a task would use one that there is not, or one that has no key", async () => {
    const bench = replBench({ env: { ANTHROPIC_API_KEY: "sk-ant-test" }, replay: false });
    expect(await bench.type("/provider opnai")).toContain("Did you mean openai?");
    expect(await bench.type("/provider openai")).toContain("Provider: openai");
    expect(bench.controller.view().keySetup).toBeNull();
    expect(await bench.type(PROMPT)).toMatch(/E521[\s\S]*Fix: Type: \/keys set openai <key>/);
    writeFileSync(join(bench.project, ".claude", "repl.json"), '{"provider":"gone"}');
    const later = bench.another({ replay: true, env: { ANTHROPIC_API_KEY: "sk-ant-test" } });
    expect(await later.type(PROMPT)).toContain("E507");
    expect(await later.type("/models")).toContain("E507");
    expect(later.controller.view()).toMatchObject({ running: [], waiting: [], sessionId: null });
  });

  it("of the person's own are chosen by name, need no key, and are named where one is not known", async () => {
    const bench = replBench({ replay: false, worker: false });
    const home = bench.env.PM_HOME ?? "";
    mkdirSync(home, { mode: 0o700 });
    const providers = {
      lab: { type: "openai", base_url: "http://127.0.0.1:9/v1" },
      gemini: { type: "acp", command: ["gemini", "--acp"] },
    };
    writeFileSync(join(home, "config.json"), JSON.stringify({ providers }), { mode: 0o600 });
    expect(await bench.type("/provider lba")).toMatch(
      /E507[\s\S]*Did you mean lab\?[\s\S]*claude-code, gemini, lab/,
    );
    expect(await bench.type("/provider lab")).toContain("Provider: lab");
    expect(bench.controller.view().keySetup).toBeNull();
    expect(await bench.type("/models")).toContain("E520");
    await bench.type("/provider gemini");
    expect(await bench.type("/models")).toContain("gemini chooses its model itself");
    expect(await bench.type("/provider")).toContain(
      "others: openai, anthropic, claude-code, gemini, lab, replay:<file>",
    );
  });

  it("and models hold for the next session", async () => {
    const bench = replBench();
    await bench.type("/start");
    const first = bench.controller.view().sessionId;
    expect(await bench.type("/model opus")).toContain(`${first} keeps what it was opened with`);
    await bench.typeAndWait(PROMPT);
    const second = bench.controller.view().sessionId;
    expect(second).not.toBe(first);
    expect(await bench.type("/model")).toContain("Model: opus");
    await bench.type("/model default");
    expect(bench.controller.view().model).toBeNull();
  });

  it("tells a broken repl.json and goes on with the default", async () => {
    const bench = replBench({ env: { ANTHROPIC_API_KEY: "sk-ant-test" } });
    writeFileSync(join(bench.project, ".claude", "repl.json"), '{"provder":1}');
    await bench.controller.open();
    expect(bench.items).toMatchObject([{ kind: "error", report: { code: "E108" } }]);
    expect(bench.controller.view().provider).toBe("claude-code");
    expect(await bench.type("/model opus")).toContain("E108");
  });
});
