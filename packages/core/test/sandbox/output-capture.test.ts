import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createOutputCapture } from "../../src/sandbox/output-capture.ts";

const chunks = fc.array(fc.uint8Array({ maxLength: 50 }), { maxLength: 20 });

describe("output capture", () => {
  it("keeps everything that fits, in one piece", () => {
    fc.assert(
      fc.property(chunks, (parts) => {
        const capture = createOutputCapture(1000);
        for (const part of parts) capture.push(Buffer.from(part));
        const all = Buffer.concat(parts);
        const result = capture.result();
        expect(result.head.equals(all)).toBe(true);
        expect(result.tail).toHaveLength(0);
        expect(result).toMatchObject({ bytes: all.length, truncated: false });
      }),
    );
  });

  it("keeps the first and the last bytes of what does not fit, and counts all", () => {
    fc.assert(
      fc.property(chunks, fc.integer({ min: 0, max: 40 }), (parts, cap) => {
        const capture = createOutputCapture(cap);
        for (const part of parts) capture.push(Buffer.from(part));
        const all = Buffer.concat(parts);
        fc.pre(all.length > cap);
        const headSize = Math.ceil(cap / 2);
        const result = capture.result();
        expect(result).toMatchObject({ bytes: all.length, truncated: true });
        expect(result.head.equals(all.subarray(0, headSize))).toBe(true);
        expect(result.tail.equals(all.subarray(all.length - (cap - headSize)))).toBe(true);
      }),
    );
  });

  it("does not change what it holds when the caller reuses a chunk", () => {
    const capture = createOutputCapture(10);
    const chunk = Buffer.from("hello");
    capture.push(chunk);
    chunk.fill(0);
    expect(capture.result().head.toString()).toBe("hello");
  });
});
