import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createKeyReader } from "../../../src/repl/editor/keys/key-reader.ts";
import { key, keysOf, merged, paste, text } from "./keys.ts";

describe("the key reader", () => {
  it.each([
    ["\x1b[A", "up"],
    ["\x1bOA", "up"],
    ["\x1b[1;5D", "word-left"],
    ["\x1b[1;3C", "word-right"],
    ["\x1b\x1b[D", "word-left"],
    ["\x1bOd", "word-left"],
    ["\x1b[a", "up"],
    ["\x1bb", "word-left"],
    ["\x1bf", "word-right"],
    ["\x1bd", "delete-word-right"],
    ["\x1b\x7f", "delete-word"],
    ["\x1b[H", "home"],
    ["\x1b[1~", "home"],
    ["\x1b[7~", "home"],
    ["\x1b[7$", "home"],
    ["\x1bOF", "end"],
    ["\x1b[4~", "end"],
    ["\x1b[8^", "end"],
    ["\x1b[3~", "delete"],
    ["\x1b[3;5~", "delete-word-right"],
    ["\x1b[5~", "page-up"],
    ["\x1b[6~", "page-down"],
    ["\x1b[Z", "back-tab"],
    ["\t", "tab"],
    ["\r", "enter"],
    ["\x1bOM", "enter"],
    ["\n", "newline"],
    ["\x1b\r", "newline"],
    ["\x1b\n", "newline"],
    ["\x1b[13;2u", "newline"],
    ["\x1b[13;5u", "newline"],
    ["\x1b[27;2;13~", "newline"],
    ["\x1b[13u", "enter"],
    ["\x1b[57414u", "enter"],
    ["\x1b[99;5u", "interrupt"],
    ["\x1b[27;5;114~", "search"],
    ["\x1b[27u", "escape"],
    ["\x1b[9;2u", "back-tab"],
    ["\x1b[127;5u", "delete-word"],
    ["\x1b[98;3u", "word-left"],
    ["\x01", "home"],
    ["\x03", "interrupt"],
    ["\x04", "end-of-input"],
    ["\x05", "end"],
    ["\x08", "backspace"],
    ["\x0b", "delete-to-end"],
    ["\x0c", "clear-screen"],
    ["\x12", "search"],
    ["\x15", "delete-to-start"],
    ["\x17", "delete-word"],
    ["\x19", "yank"],
    ["\x1f", "undo"],
    ["\x7f", "backspace"],
    ["\x1b", "escape"],
  ] as const)("reads %j as %s, also byte by byte", (bytes, name) => {
    expect(keysOf(bytes)).toEqual([key(name)]);
    expect(keysOf(...bytes)).toEqual([key(name)]);
    expect(keysOf(`a${bytes}b`)).toEqual(
      bytes === "\x1b" ? [text("a"), key("word-left")] : [text("a"), key(name), text("b")],
    );
  });

  it.each([
    "\x1b[200;1~",
    "\x1b[201~",
    "\x1b[[A",
    "\x1bOP",
    "\x1b[15~",
    "\x1b[1;2P",
    "\x1b[I",
    "\x1b[?62;22c",
    "\x1b[?2004;1$y",
    "\x1b[<0;12;5M",
    "\x1b[12;40R",
    "\x1b[97;1:3u",
    "\x1b[57358u",
    "\x1b[120;9u",
    "\x1b]11;rgb:0000/0000/0000\x07",
    "\x1b]11;rgb:0000/0000/0000\x1b\\",
    "\x1bP>|xterm(390)\x1b\\",
    "\x1b_Gi=1;OK\x1b\\",
    "\x1bq",
    "\x00",
    "\x1c",
    "\u0085",
  ])("swallows %j", (bytes) => {
    expect(keysOf(`a${bytes}b`)).toEqual([text("ab")]);
    expect(keysOf("a", ...bytes, "b")).toEqual([text("ab")]);
  });

  it("gives text and Enter of one chunk as text, then Enter", () => {
    expect(keysOf("hi\r")).toEqual([text("hi"), key("enter")]);
    expect(keysOf("hi\rthere")).toEqual([text("hi"), key("enter"), text("there")]);
  });

  it("takes several Enters with text between them for a paste where none was bracketed yet", () => {
    expect(keysOf("one\rtwo\r\tthree\r")).toEqual([paste("one\ntwo\n\tthree"), key("enter")]);
    expect(keysOf("one\r\ntwo\r\nthree")).toEqual([paste("one\ntwo\nthree")]);
    expect(keysOf("\x1b[200~x\x1b[201~one\rtwo\r")).toEqual([
      paste("x"),
      text("one"),
      key("enter"),
      text("two"),
      key("enter"),
    ]);
  });

  it("submits nothing within a paste without brackets that comes in pieces, only behind it", () => {
    const pasted = "0123456789abcde\r".repeat(2000);
    for (const size of [512, 1000, 4096]) {
      const pieces = Array.from({ length: Math.ceil(pasted.length / size) }, (_, index) =>
        pasted.slice(index * size, (index + 1) * size),
      );
      const keys = keysOf(...pieces);
      const texts = keys.map((one) => (one.kind === "key" ? "" : one.text));
      expect(texts.join("")).toBe(pasted.trimEnd().replaceAll("\r", "\n"));
      expect(keys.filter(({ kind }) => kind === "key")).toEqual([key("enter")]);
      expect(keys.at(-1)).toEqual(key("enter"));
    }
    expect(keysOf("one\rtwo\r", "\x03")).toEqual([paste("one\ntwo"), key("enter"), key("interrupt")]);
    expect(keysOf("one\rtwo\r", "\x1b[A")).toEqual([paste("one\ntwo"), key("enter"), key("up")]);
  });

  it("keeps a bracketed paste as it is, with line ends as LF, and reads the key after it", () => {
    const pasted = "\x1b[A\x03\tä\u{1f469}‍\u{1f467}\ufeff";
    expect(keysOf(`\x1b[200~${pasted}\r\rb\r\n\x1b[201~\r`)).toEqual([
      paste(`${pasted}\n\nb\n`),
      key("enter"),
    ]);
    expect(keysOf("\x1b[200~\x1b[201~x")).toEqual([text("x")]);
  });

  it("tells Esc from the beginning of a sequence by the pause", () => {
    const reader = createKeyReader();
    expect(reader.push(Buffer.from("\x1b"))).toEqual([]);
    expect(reader.flush()).toEqual([key("escape")]);
    expect(reader.push(Buffer.from("\x1b["))).toEqual([]);
    expect(reader.flush()).toEqual([]);
    expect(reader.push(Buffer.from("D"))).toEqual([key("left")]);
    expect(reader.push(Buffer.from("\x1b]"))).toEqual([]);
    expect(reader.flush()).toEqual([]);
    expect(reader.push(Buffer.from("a"))).toEqual([text("a")]);
    expect(keysOf("\x1b\x1b")).toEqual([key("escape"), key("escape")]);
    expect(keysOf("\x1b\x03")).toEqual([key("escape"), key("interrupt")]);
  });

  it("lets a control character break off what a terminal began to answer", () => {
    expect(keysOf("\x1b]11;rgb:\x03")).toEqual([key("interrupt")]);
    expect(keysOf("\x1b[12\x03")).toEqual([key("interrupt")]);
  });

  const part = fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 6 }),
    fc.string({ unit: "binary", maxLength: 4 }),
    fc.constantFrom(
      "\r",
      "\n",
      "\x1b",
      "\x1b[A",
      "\x1b[1;5C",
      "\x1b[7$",
      "\x1b[13;2u",
      "\x1bOM",
      "\x1b\x1b[D",
    ),
    fc.constantFrom("\x1b]0;x\x07", "\x1b]0;y\x1b\\", "\x1bP", "\x1b[", "\x1bO", "\x03", "\x7f"),
    fc.string({ unit: "grapheme" }).map((inside) => `\x1b[200~${inside}\r\x1b[20\x1b[201~`),
  );

  it("gives the same keys however the bytes are cut", () => {
    fc.assert(
      fc.property(fc.array(part), fc.array(fc.nat({ max: 200 })), (parts, cuts) => {
        const bytes = Buffer.from(parts.join(""));
        const read = (chunks: Buffer[]) => {
          const reader = createKeyReader({ bracketed: true });
          return merged([...chunks.flatMap((chunk) => reader.push(chunk)), ...reader.flush()]);
        };
        const whole = read([bytes]);
        const borders = [0, ...cuts.filter((cut) => cut < bytes.length).sort((a, b) => a - b), bytes.length];
        const chunks = borders.slice(1).map((end, index) => bytes.subarray(borders[index], end));
        expect(read(chunks)).toEqual(whole);
        expect(read([...bytes].map((byte) => Buffer.of(byte)))).toEqual(whole);
      }),
      { numRuns: 1000 },
    );
  });

  it("never gives a control character as text", () => {
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const reader = createKeyReader({ bracketed: true });
        for (const one of reader.push(Buffer.from(parts.join("")))) {
          if (one.kind === "text") expect(one.text).not.toMatch(/\p{Cc}/u);
        }
      }),
    );
  });
});
