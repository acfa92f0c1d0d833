import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createMessageLog } from "../../src/server/events/message-log.ts";

const event = (size: number) => ({ type: "heartbeat" as const, at: "x".repeat(size) });
const ids = (bytes: Buffer) =>
  [...bytes.toString().matchAll(/^id: [0-9a-f]+-(\d+)$/gm)].map(([, n]) => Number(n));

describe("the log of the stream", () => {
  it("gives, from any place that it still has, all that follows, in order and once, and says where it has none", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 60 }),
        fc.record({ messages: fc.integer({ min: 1, max: 30 }), bytes: fc.integer({ min: 200, max: 4000 }) }),
        fc.integer({ min: 1, max: 1500 }),
        (sizes, limits, chunk) => {
          const log = createMessageLog(limits);
          for (const size of sizes) log.add(event(size));
          expect(log.last).toBe(sizes.length);
          let known = 0;
          let kept = 0;
          for (let n = -1; n <= log.last + 2; n += 1) {
            const place = log.placeAfter(n);
            if (place === null) continue;
            known += 1;
            const found: number[] = [];
            let bytes = 0;
            for (let at = n, next = log.after(at, chunk); next; at = next.upTo, next = log.after(at, chunk)) {
              found.push(...ids(next.bytes));
              bytes += next.bytes.length;
              expect(found.at(-1)).toBe(next.upTo);
            }
            expect(found).toEqual(Array.from({ length: log.last - n }, (_, index) => n + 1 + index));
            expect(bytes).toBe(log.end - place);
            kept = Math.max(kept, bytes);
          }
          // The newest is always there, however large.
          expect(known).toBeGreaterThanOrEqual(Math.min(sizes.length, 1) + 1);
          expect(known).toBeLessThanOrEqual(limits.messages + 1);
          if (known > 2) expect(kept).toBeLessThanOrEqual(limits.bytes);
        },
      ),
    );
  });

  it("knows its own ids, and no others", () => {
    const log = createMessageLog({ messages: 10, bytes: 1000 });
    log.add(event(1));
    const [, id = ""] = /^id: (.*)$/m.exec(log.aside({ type: "reset" }).toString()) ?? [];
    expect(log.parseId(id)).toBe(1);
    const other = createMessageLog({ messages: 10, bytes: 1000 });
    for (const wrong of ["", "1", "-1", `${id} `, `${id}0000000000000000`, id.replace("-", ""), `x${id}`])
      expect(log.parseId(wrong)).toBeNull();
    expect(other.parseId(id)).toBeNull();
    fc.assert(fc.property(fc.string(), (text) => text === id || log.parseId(text) === null));
  });
});
