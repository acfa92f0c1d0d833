import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { shrink } from "../../src/agent-loop/context-window.ts";
import { type Entry, entryOf, sumTokens, userEntry } from "../../src/agent-loop/conversation.ts";

const output = fc.integer({ min: 0, max: 4_000 }).map((length) => "line\n".repeat(length / 5));
const calls = fc.array(output, { maxLength: 4 });
const step = fc.oneof(
  { weight: 5, arbitrary: calls },
  { weight: 1, arbitrary: fc.constant("re-ask" as const) },
);
const conversation = fc.array(step, { minLength: 1, maxLength: 30 }).map((steps) => {
  const entries: Entry[] = [userEntry("Phase: PLANNING\nthe task")];
  for (const [turn, outputs] of steps.entries()) {
    if (outputs === "re-ask") {
      entries.push(userEntry(`again ${turn}`));
      continue;
    }
    const ids = outputs.map((_, at) => `call-${turn}-${at}`);
    entries.push(
      entryOf({
        role: "assistant",
        content: [
          { type: "text", text: `turn ${turn}` },
          ...ids.map(
            (toolCallId) =>
              ({ type: "tool-call", toolCallId, toolName: "read", input: { path: "a" } }) as const,
          ),
        ],
      }),
    );
    if (ids.length === 0) continue;
    entries.push(
      entryOf({
        role: "tool",
        content: ids.map((toolCallId, at) => ({
          type: "tool-result",
          toolCallId,
          toolName: "read",
          output: { type: "text", value: outputs[at] ?? "" },
        })),
      }),
    );
  }
  return entries;
});

function idsOf(entries: readonly Entry[], type: "tool-call" | "tool-result"): string[] {
  return entries.flatMap(({ message }) =>
    typeof message.content === "string"
      ? []
      : message.content.flatMap((part) =>
          part.type === type ? [(part as { toolCallId: string }).toolCallId] : [],
        ),
  );
}

/** What a message is known by, whatever became of its outputs. */
const nameOf = ({ message }: Entry) =>
  message.role === "tool"
    ? idsOf([{ message, tokens: 0 }], "tool-result").join()
    : JSON.stringify(message.content);

describe("a conversation that is made shorter", () => {
  it("has a result for each call and a call for each result, in order, with the task first and the last turn whole", () => {
    fc.assert(
      fc.property(conversation, fc.double({ min: 0.01, max: 1.2, noNaN: true }), (entries, share) => {
        const target = sumTokens(entries) * share;
        const kept = shrink({ entries, target });
        if (kept === null) return;
        expect(sumTokens(kept)).toBeLessThanOrEqual(target);
        expect(idsOf(kept, "tool-call")).toEqual(idsOf(kept, "tool-result"));
        expect(kept[0]).toBe(entries[0]);
        expect(kept.at(-1)).toBe(entries.at(-1));
        const names = entries.map(nameOf);
        const places = kept.filter(({ isNote }) => !isNote).map((entry) => names.indexOf(nameOf(entry)));
        expect(places).not.toContain(-1);
        expect(places).toEqual([...places].sort((a, b) => a - b));
        expect(new Set(places).size).toBe(places.length);
        for (const [at, { message }] of kept.entries()) {
          if (message.role === "tool") expect(kept[at - 1]?.message.role).toBe("assistant");
        }
      }),
    );
  });

  it("is refused only where the task and the last turn alone are too long", () => {
    fc.assert(
      fc.property(conversation, fc.double({ min: 0.01, max: 1, noNaN: true }), (entries, share) => {
        const target = sumTokens(entries) * share;
        if (shrink({ entries, target }) !== null) return;
        const lastTurn = entries.at(-1)?.message.role === "tool" ? entries.slice(-2) : entries.slice(-1);
        const least = sumTokens([...entries.slice(0, 1), ...(entries.length === 1 ? [] : lastTurn)]);
        const NOTE = 40;
        expect(least + NOTE).toBeGreaterThan(target);
      }),
    );
  });

  it("says once that something was left out, however often that was done", () => {
    const turns = Array.from({ length: 20 }, (_, turn) =>
      entryOf({ role: "assistant", content: [{ type: "text", text: `${turn} `.repeat(400) }] }),
    );
    const entries = [userEntry("task"), ...turns];
    const once = shrink({ entries, target: sumTokens(entries) / 2 }) ?? [];
    const twice = shrink({ entries: once, target: sumTokens(once) / 2 }) ?? [];
    expect(twice.filter(({ isNote }) => isNote)).toHaveLength(1);
    expect(twice.length).toBeLessThan(once.length);
  });

  it("drops old outputs before it drops what the model said", () => {
    const turn = (id: string): Entry[] => [
      entryOf({
        role: "assistant",
        content: [{ type: "tool-call", toolCallId: id, toolName: "read", input: { path: `src/${id}.js` } }],
      }),
      entryOf({
        role: "tool",
        content: [
          {
            type: "tool-result",
            toolCallId: id,
            toolName: "read",
            output: { type: "text", value: "x\n".repeat(999) },
          },
        ],
      }),
    ];
    const entries = [userEntry("task"), ...["a", "b", "c", "d", "e"].flatMap(turn)];
    const kept = shrink({ entries, target: sumTokens(entries) * 0.7 }) ?? [];
    expect(kept).toHaveLength(entries.length);
    const outputs = kept.flatMap(({ message }) =>
      message.role === "tool" ? [JSON.stringify(message.content)] : [],
    );
    expect(outputs[0]).toContain("[read src/a.js: 1000 lines, dropped; do it again if you need them]");
    expect(outputs.slice(2).join()).not.toContain("dropped");
  });
});
