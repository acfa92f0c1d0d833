import { createSpending, type UserConfig } from "@pm/core";
import { describe, expect, it } from "vitest";
import { createCallMeter } from "../../src/gateway/call-meter.ts";

/** A dollar a token. */
const PRICES: UserConfig["prices"] = { priced: { input: 1_000_000, output: 1_000_000 } };
const never = new AbortController().signal;
const STREAM = { "content-type": "text/event-stream; charset=utf-8" };
const JSON_TEXT = { "content-type": "application/json" };
const event = (value: object) => Buffer.from(`data: ${JSON.stringify(value)}\n\n`);
const begun = (model: string) =>
  event({ type: "message_start", message: { model, usage: { input_tokens: 3, output_tokens: 1 } } });
const unstopped = () => {
  throw new Error("nothing was to be stopped");
};

function setUp(budget: number | null = 1000) {
  const spending = createSpending(budget, 0);
  return { spending, meter: createCallMeter(spending, PRICES) };
}

describe("a meter of calls", () => {
  it("counts what the answer says, and settles the call with it", async () => {
    const { spending, meter } = setUp();
    const call = await meter.begin(never);
    call.sent(4000);
    const push = call.answer(200, STREAM, unstopped);
    push(begun("priced"));
    push(event({ type: "message_delta", usage: { output_tokens: 7 } }));
    call.end(true);
    expect(meter.total()).toMatchObject({ input_tokens: 3, output_tokens: 7, cost_usd: 10 });
    expect(meter.model).toBe("priced");
    expect(spending.remainingUsd()).toBe(990);
  });

  it("M2 reckons an answer that broke off before it told its usage by the bytes of both sides", async () => {
    const { spending, meter } = setUp();
    const call = await meter.begin(never);
    call.sent(400);
    call.answer(200, STREAM, unstopped)(event({ model: "priced", choices: [] }));
    call.end(false);
    const { input_tokens, output_tokens, cost_usd } = meter.total();
    expect(input_tokens).toBe(100);
    expect(output_tokens).toBeGreaterThan(5);
    expect(cost_usd).toBe(input_tokens + output_tokens);
    expect(spending.remainingUsd()).toBe(1000 - (cost_usd ?? 0));
  });

  it("M2 reckons what was said after the last word on usage, where it broke off then", async () => {
    const { meter } = setUp();
    const call = await meter.begin(never);
    call.sent(400);
    const push = call.answer(200, STREAM, unstopped);
    push(begun("priced"));
    push(event({ type: "content_block_delta", delta: { text: "x".repeat(4000) } }));
    call.end(false);
    expect(meter.total().input_tokens).toBe(3);
    expect(meter.total().output_tokens).toBeGreaterThan(1000);
  });

  it.each([400, 401, 429, 500, 529])("settles a call that was refused with %i at nothing", async (status) => {
    const { spending, meter } = setUp();
    const call = await meter.begin(never);
    call.sent(4000);
    call.answer(status, JSON_TEXT, unstopped)(Buffer.from('{"error":{}}'));
    expect(meter.refusedWith).toBe(status);
    call.end(true);
    expect(spending.remainingUsd()).toBe(1000);
    expect(meter.total()).toMatchObject({ input_tokens: 0, cost_usd: 0 });
  });

  it("settles a call to which no answer came at nothing, and the next may begin", async () => {
    const { meter } = setUp();
    const call = await meter.begin(never);
    const next = meter.begin(never);
    call.end(false);
    await expect(next).resolves.toBeDefined();
  });

  it("M3 breaks off an answer whose model has no price, and lets no other call begin", async () => {
    const { meter } = setUp();
    const call = await meter.begin(never);
    let stopped = 0;
    const push = call.answer(200, STREAM, () => {
      stopped += 1;
    });
    push(begun("nobody-knows-1"));
    expect(stopped).toBe(1);
    call.end(false);
    expect(meter.stopped?.code).toBe("E517");
    await expect(meter.begin(never)).rejects.toMatchObject({ code: "E517" });
    expect(meter.total().cost_usd).toBeNull();
  });

  it("M3 lets no call begin after a whole answer that names no model", async () => {
    const { meter } = setUp();
    const call = await meter.begin(never);
    call.answer(200, JSON_TEXT, unstopped)(Buffer.from("{}"));
    call.end(true);
    await expect(meter.begin(never)).rejects.toMatchObject({ code: "E517" });
  });

  it("without a budget asks for no price, and says that the cost is not known", async () => {
    const { meter } = setUp(null);
    const [first, second] = await Promise.all([meter.begin(never), meter.begin(never)]);
    first.answer(200, STREAM, unstopped)(begun("nobody-knows-1"));
    first.end(true);
    second.answer(200, STREAM, unstopped)(begun("priced"));
    second.end(true);
    expect(meter.stopped).toBeNull();
    expect(meter.total()).toMatchObject({ input_tokens: 6, cost_usd: null });
  });

  it("gives the reason of the first refusal to every call that waited", async () => {
    const { meter } = setUp(5);
    const call = await meter.begin(never);
    const waiting = [meter.begin(never), meter.begin(never)].map((one) =>
      one.catch((error: unknown) => error),
    );
    call.answer(200, STREAM, unstopped)(begun("priced"));
    call.answer(200, STREAM, unstopped)(event({ model: "priced", usage: { input_tokens: 9 } }));
    call.end(true);
    for (const error of await Promise.all(waiting)) expect(error).toMatchObject({ code: "E516" });
    expect(meter.stopped?.code).toBe("E516");
  });
});
