import { RunnerError, STATUS_EXIT_CODES, type StartInput, type Status, type TaskQueue } from "@pm/core";
import { describe, expect, it } from "vitest";
import { executionResult, fakeEngine, violation } from "../fake-engine.ts";
import { fakeSetup } from "../fake-setup.ts";
import { runPm } from "../run-pm.ts";

const starting = (result: ReturnType<typeof executionResult>) => ({ start: async () => result });

describe("pm start", () => {
  it.each(Object.entries(STATUS_EXIT_CODES))("exits for %s with %i", async (status, code) => {
    const result = executionResult({ overall_status: status as Status });
    expect((await runPm(["start", "x"], starting(result))).code).toBe(code);
  });

  it("hands over project, provider and model", async () => {
    const inputs: StartInput[] = [];
    const engine = {
      start: async (input: StartInput) => {
        inputs.push(input);
        return executionResult();
      },
    };
    const services = { userSetup: async () => fakeSetup({}) };
    const args = ["start", "x", "--project", "lib", "--provider", "openai", "--model", "m"];
    await runPm(args, engine, { services });
    expect(inputs[0]).toMatchObject({ project: "/work/lib", provider: "openai", model: "m" });
    await runPm(["start", "x", "--recording", "r.json"], engine);
    expect(inputs[1]).toMatchObject({ provider: "replay:/work/r.json" });
  });

  it("asks for provider and key before anything is opened; for the queue only for the provider", async () => {
    const unknown = new RunnerError("E507", { name: "opnai", suggestion: "", known: "openai" });
    const assertProvider = async (name: string) => {
      if (name === "opnai") throw unknown;
    };
    const assertKey = async () => {
      throw new RunnerError("E521", { provider: "openai", variable: "OPENAI_API_KEY" });
    };
    const services = { userSetup: async () => fakeSetup({ assertProvider, assertKey }) };
    const run = (...args: string[]) => runPm(["start", "x", ...args], {}, { services });
    expect(await run("--provider", "opnai")).toMatchObject({ code: 2, err: expect.stringContaining("E507") });
    const keyless = await run("--provider", "openai");
    expect(keyless.err).toMatch(/E521[\s\S]*Fix: Set OPENAI_API_KEY, or run: pm keys set openai/);
    expect((await run("--provider", "openai", "--detach")).err).toContain("unexpected call of submit");
  });

  it("prints exactly the result with --json, and nothing else on stdout", async () => {
    const result = executionResult({ violations: [violation] });
    const { out } = await runPm(["start", "x", "--json"], starting(result));
    expect(JSON.parse(out)).toEqual(result);
    expect(out.endsWith("}\n")).toBe(true);
  });

  it("keeps agent text in --json from steering the terminal, and the object the same", async () => {
    const result = executionResult({ next_action: "pm \x1b[31m\x9b2J\u202e" });
    const { out } = await runPm(["start", "x", "--json"], starting(result));
    expect(out).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/);
    expect(JSON.parse(out)).toEqual(result);
  });

  it("tells a person the status, what it means, why, where the evidence is and what is next", async () => {
    const result = executionResult({
      overall_status: "INCOMPLETE",
      violations: [{ ...violation, message: "npm test failed\n\x1b[2Jwith 1" }],
      next_action: "pm approve session-1a",
    });
    const { out } = await runPm(["start", "x"], starting(result));
    expect(out).toMatchInlineSnapshot(`
      "INCOMPLETE  session-1a
      Not proven yet: a person has to decide something, or it was interrupted.

      Task 1  task-1  COMPLETE  $0.12
        Add a flag
        1 file changed, in your working tree:
          src/a.ts

      Why not COMPLETE
        E223 qa: npm test failed
             with 1
             Fix: Read its output: pm logs session-1a

      Evidence   /work/.pm/sessions/session-1a
      Isolation  sandbox
      Next       pm approve session-1a
      "
    `);
  });

  it("says what an open session waits for", async () => {
    const result = executionResult({
      overall_status: "INCOMPLETE",
      tasks: [],
      next_action: "pm continue session-1a",
    });
    const { out, code } = await runPm(["start"], starting(result));
    expect(out).toContain("The session is open and has no task yet.");
    expect(code).toBe(3);
  });

  it("prints an error of the engine with its code, cause and fix", async () => {
    const engine = {
      start: async () => {
        throw new RunnerError("E105", { path: "/work\x1b[1m", project: "/work" });
      },
    };
    const run = await runPm(["start", "x"], engine);
    expect(run.err).toMatch(
      /^E105 No \.claude directory: \/work has no \.claude directory\.\n {2}Fix: Run: pm init/,
    );
    expect(run.out).toBe("");
    expect(run.code).toBe(1);
  });

  it("gives a defect of its own a code too", async () => {
    const engine = {
      start: async () => {
        throw new TypeError("x is not a function");
      },
    };
    const run = await runPm(["start", "x", "--json"], engine);
    expect(JSON.parse(run.out).error).toMatchObject({
      code: "E121",
      message: "TypeError: x is not a function",
    });
    expect(run.code).toBe(1);
  });
});

describe("pm start --detach", () => {
  const waiting = executionResult({
    overall_status: "INCOMPLETE",
    evidence_path: "",
    next_action: "pm worker --project /work",
    tasks: executionResult().tasks.map((task) => ({ ...task, task_id: "session-1a.1" })),
  });
  const services = { queue: async () => ({ place: "/home/q.db" }) as TaskQueue };

  it("only puts the task into the queue, and says where it waits and what is next", async () => {
    const inputs: StartInput[] = [];
    const engine = {
      submit: async (input: StartInput) => {
        inputs.push(input);
        return waiting;
      },
    };
    const args = ["start", "x", "--detach", "--model", "m"];
    const { out, code } = await runPm(args, engine, { services });
    expect(inputs).toMatchObject([{ project: "/work", tasks: [{ prompt: "x" }], model: "m" }]);
    expect(out).toMatchInlineSnapshot(`
      "QUEUED  session-1a
      1 task waits for a worker, in the queue of namespace default.

        session-1a.1  Add a flag

      Queue  /home/q.db
      Next   pm worker --project /work
      "
    `);
    expect(code).toBe(3);
    expect((await runPm([...args, "--namespace", "dev"], engine, { services })).out).toContain(
      "Next   pm worker --project /work --namespace dev\n",
    );
    const json = await runPm(["start", "x", "-d", "--json"], engine, { services });
    expect(JSON.parse(json.out)).toEqual(waiting);
  });
});

describe("--namespace", () => {
  const result = async () => executionResult({ next_action: "pm logs session-1a" });

  it.each([
    [["start", "x"], { start: result }],
    [["status", "session-1a"], { status: result }],
    [["cancel", "session-1a"], { cancel: result }],
    [["continue", "session-1a"], { status: result, continueSession: result }],
  ])("of %j chooses the queue, and what is next keeps to it", async (args, engine) => {
    const asked: string[] = [];
    const services = {
      engine: async (namespace: string) => {
        asked.push(namespace);
        return fakeEngine(engine);
      },
    };
    const { out } = await runPm([...args, "--namespace", "dev"], {}, { services });
    expect(out).toContain("pm logs session-1a --namespace dev\n");
    expect((await runPm(args, {}, { services })).out).toContain("pm logs session-1a\n");
    expect(asked).toEqual(["dev", "default"]);
  });
});

describe("Ctrl-C", () => {
  function hanging() {
    let begun = () => {};
    const running = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const start = (input: StartInput) =>
      new Promise<ReturnType<typeof executionResult>>((resolve) => {
        begun();
        input.signal?.addEventListener("abort", () =>
          resolve(executionResult({ overall_status: "INCOMPLETE", next_action: "pm continue session-1a" })),
        );
      });
    return { running, start };
  }

  it.each(["SIGINT", "SIGTERM", "SIGHUP"])(
    "%s once ends the run, prints its result and exits 130",
    async (signal) => {
      const { running, start } = hanging();
      const { createFakeIo } = await import("../fake-io.ts");
      const { createProgram } = await import("../../src/program.ts");
      const { fakeServices } = await import("../fake-engine.ts");
      const io = createFakeIo();
      const program = createProgram({ io, version: "1", services: fakeServices({ start }) });
      const code = program.run(["start", "x"]);
      await running;
      io.interrupt(signal);
      expect(await code).toBe(130);
      expect(io.out()).toContain("pm continue session-1a");
      expect(io.err()).toContain(signal);
      expect(io.exits).toEqual([]);
      expect(io.listeners()).toBe(0);
    },
  );

  it("twice exits at once", async () => {
    const { createFakeIo } = await import("../fake-io.ts");
    const { watchInterrupts } = await import("../../src/interruption.ts");
    const io = createFakeIo();
    const { signal } = watchInterrupts(io, () => {});
    io.interrupt("SIGINT");
    expect(signal.aborted).toBe(true);
    expect(() => io.interrupt("SIGINT")).toThrow("exit 130");
    expect(io.exits).toEqual([130]);
  });

  it("that comes when the task is COMPLETE already changes nothing", async () => {
    const { createFakeIo } = await import("../fake-io.ts");
    const { createProgram } = await import("../../src/program.ts");
    const { fakeServices } = await import("../fake-engine.ts");
    const io = createFakeIo();
    const start = async () => {
      io.interrupt("SIGINT");
      return executionResult();
    };
    expect(
      await createProgram({ io, version: "1", services: fakeServices({ start }) }).run(["start", "x"]),
    ).toBe(0);
  });
});
