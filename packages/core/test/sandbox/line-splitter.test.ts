import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createLineSplitter } from "../../src/sandbox/line-splitter.ts";

function split(chunks: readonly Buffer[], maxLineBytes: number) {
  const lines: Buffer[] = [];
  const oversize: number[] = [];
  const splitter = createLineSplitter({
    maxLineBytes,
    onLine: (line) => lines.push(Buffer.from(line)),
    onOversize: (bytes) => oversize.push(bytes),
  });
  for (const chunk of chunks) splitter.push(chunk);
  splitter.end();
  return { lines, oversize };
}

describe("line splitter", () => {
  it("gives the same lines however the bytes are cut into chunks", () => {
    const byte = fc.oneof(fc.constant(0x0a), fc.integer({ min: 0, max: 255 }));
    fc.assert(
      fc.property(fc.array(fc.array(byte, { maxLength: 12 }), { maxLength: 12 }), (parts) => {
        const whole = Buffer.from(parts.flat());
        const cut = split(
          parts.map((part) => Buffer.from(part)),
          6,
        );
        expect(cut).toEqual(split([whole], 6));
      }),
    );
  });

  it("gives back what was joined with newlines", () => {
    const line = fc
      .uint8Array({ maxLength: 20 })
      .map((bytes) => Buffer.from(bytes.filter((b) => b !== 0x0a)));
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const text = Buffer.concat(lines.flatMap((one) => [one, Buffer.from("\n")]));
        expect(split([text], 100)).toEqual({ lines, oversize: [] });
      }),
    );
  });

  it("drops a line that is too long, counts its bytes, and goes on with the next", () => {
    const long = Buffer.alloc(10 * 1024 * 1024, 0x61);
    const chunks = [Buffer.from("one\n"), long, Buffer.from("\ntwo\n")];
    const { lines, oversize } = split(chunks, 1024);
    expect(lines.map(String)).toEqual(["one", "two"]);
    expect(oversize).toEqual([long.length]);
  });

  it("gives a last line without a newline, and leaves invalid UTF-8 as it is", () => {
    const { lines } = split([Buffer.from([0xff, 0xfe]), Buffer.from([0xc3])], 10);
    expect(lines).toEqual([Buffer.from([0xff, 0xfe, 0xc3])]);
  });
});
