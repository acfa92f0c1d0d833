import { afterEach, describe, expect, it } from "vitest";
import { type MessagesServer, type Script, startMessagesServer } from "./server.mjs";
import { scriptPhases } from "./seven-phases.mjs";
import * as turn from "./turns.mjs";

let server: MessagesServer | undefined;
afterEach(async () => {
  await server?.close();
});

async function post(body: unknown, path = "/v1/messages") {
  return await fetch(`${server?.url}${path}`, { method: "POST", body: JSON.stringify(body) });
}

async function started(script: Script) {
  server = await startMessagesServer(script);
  return server;
}

const streaming = { model: "m", stream: true, messages: [] };

describe("the scripted Messages server", () => {
  it("streams a message in the events of the API, in their order", async () => {
    await started([turn.tools(["Read", { file_path: "a" }], ["Bash", { command: "b" }])]);
    const reply = await post(streaming);
    expect(reply.headers.get("content-type")).toContain("text/event-stream");
    const types = [...(await reply.text()).matchAll(/^event: (\w+)$/gm)].map(([, type]) => type);
    const block = ["content_block_start", "content_block_delta", "content_block_stop"];
    expect(types).toEqual(["message_start", ...block, ...block, "message_delta", "message_stop"]);
  });

  it("gives the same message whole where no stream is asked for", async () => {
    await started([turn.text("hi")]);
    const message = await (await post({ model: "m" })).json();
    expect(message).toMatchObject({
      model: "m",
      stop_reason: "end_turn",
      content: [{ type: "text", text: "hi" }],
    });
  });

  it("refuses to go on where its script has run out, and remembers it", async () => {
    const { problems } = await started([turn.text("one")]);
    expect((await post(streaming)).status).toBe(200);
    expect((await post(streaming)).status).toBe(400);
    expect(problems).toEqual(["no turn 1 in the script"]);
  });

  it("answers HEAD and the counting of tokens without using up a turn", async () => {
    const { requests, url } = await started([turn.text("one")]);
    expect((await fetch(url, { method: "HEAD" })).status).toBe(200);
    expect((await post({}, "/v1/messages/count_tokens?beta=true")).status).toBe(200);
    expect((await post(streaming)).status).toBe(200);
    expect(requests.map(({ index }) => index)).toEqual([-1, -1, 0]);
  });

  it("gives scripted errors with their headers", async () => {
    await started([turn.httpError(429, "slow down", { "retry-after": "1" })]);
    const reply = await post(streaming);
    expect([reply.status, reply.headers.get("retry-after")]).toEqual([429, "1"]);
    expect(await reply.json()).toMatchObject({ error: { type: "rate_limit_error", message: "slow down" } });
  });

  it("waits where it is told to", async () => {
    await started([turn.delayed(300, turn.text("late"))]);
    const began = performance.now();
    expect((await post(streaming)).status).toBe(200);
    expect(performance.now() - began).toBeGreaterThan(250);
  });

  it.each([
    ["a stream", streaming],
    ["a whole answer", { model: "m" }],
  ])("breaks off %s", async (_, body) => {
    await started([turn.truncated()]);
    await expect(post(body).then((reply) => reply.text())).rejects.toThrow();
  });

  it("can be closed while a request hangs", async () => {
    await started([turn.hang("start"), turn.hang("middle")]);
    const first = post(streaming).catch(() => "dropped");
    const second = post(streaming)
      .then((reply) => reply.text())
      .catch(() => "dropped");
    await new Promise((done) => setTimeout(done, 100));
    await server?.close();
    expect([await first, await second]).toEqual(["dropped", "dropped"]);
  });
});

describe("a script of all phases", () => {
  const script = scriptPhases({
    requirements: { r: 1 },
    subtasks: { s: 1 },
    plan: { p: 1 },
    execution: { S1: [turn.tool("Write", { file_path: "a", content: "" })], S2: [] },
  });
  const at = (...messages: { role: string; content: unknown }[]) =>
    script({ method: "POST", path: "", headers: {}, index: 0, at: 0, body: { messages } });
  const user = (content: unknown) => ({ role: "user", content });
  const assistant = { role: "assistant", content: "x" };

  it("answers each phase by the first line of its prompt", () => {
    expect(at(user("Phase: REQUIREMENT_ANALYSIS\nx"))).toEqual(turn.structured({ r: 1 }));
    expect(
      at(
        user([
          { type: "text", text: "<hint>" },
          { type: "text", text: "Phase: PLANNING" },
        ]),
      ),
    ).toEqual(turn.structured({ p: 1 }));
    expect(at(user("Phase: PLANNING"), assistant, user("Phase: PLANNING\nagain"))).toEqual(
      turn.structured({ p: 1 }),
    );
  });

  it("goes through the turns of each subtask", () => {
    const prompt = user("Phase: EXECUTION\n\nDo it.\nSubtask S1: first\n");
    expect(at(prompt).content?.[0]).toMatchObject({ name: "Write" });
    expect(at(prompt, assistant, user([]))).toEqual(turn.text("Done."));
    expect(at(user("Phase: EXECUTION\n\nSubtask S2: second\n"))).toEqual(turn.text("Done."));
    expect(() => at(prompt, assistant, assistant)).toThrow("no turn 2 for EXECUTION S1");
  });
});
