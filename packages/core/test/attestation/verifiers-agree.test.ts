/** Whoever has a key can sign anything: what is no export must be none for pm and for both tools, whatever is signed. */

import { readFileSync } from "node:fs";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeTar } from "../../src/attestation/tar.ts";
import { eventSchema } from "../../src/evidence/events.ts";
import { createForger, type Forger, type Forgery, NO_UTF8 } from "./reseal.ts";
import { makeSmallExport, type SmallExport } from "./small-export.ts";
import { startVerifiers, type ThreeVerifiers, tool } from "./three-verifiers.ts";

let small: SmallExport;
let forger: Forger;
let verifiers: ThreeVerifiers;
beforeAll(async () => {
  small = await makeSmallExport();
  forger = createForger(small.file);
  verifiers = await startVerifiers();
});
afterAll(() => {
  small.remove();
  verifiers.stop();
});

const ALL = { pm: true, mjs: true, py: true };
const NONE = { pm: false, mjs: false, py: false };
const ask = (change: Forgery) => verifiers.ask(forger.forge(change));
const onLine = (at: number, change: (line: string) => string): Forgery => ({
  line: (line, index) => (index === at ? change(line) : line),
});
const SUBMITTED = 2;
const costing = (number: string) =>
  onLine(SUBMITTED, (line) => line.replace('"checks":', `"budget_usd":${number},"checks":`));
const saying = (prompt: string) =>
  onLine(SUBMITTED, (line) => line.replace(/"prompt":"[^"]*"/, () => `"prompt":"${prompt}"`));

describe("pm, tools/verify.mjs and tools/verify.py", () => {
  it("accept a session that somebody else signed, as pm would have", async () => {
    expect(await ask({})).toEqual(ALL);
  });

  it.each(["1", "0.5", "1.5e+300", "1e+21", "100000000000000000000", "0.000001", "1e-7", "9007199254740992"])(
    "accept the number %s",
    async (number) => expect(await ask(costing(number))).toEqual(ALL),
  );

  it.each([
    ...["NaN", "Infinity", "-0", "1.0", "1.50", "1e3", "1E3", "1e21", "01", "+1", ".5", "1.", "0x1", "1_0"],
    ...["9007199254740993", "1e400", "0.0000001", "1e-07", "1.0e-7", "0.1000000000000000055511151231257827"],
  ])("refuse the number %s", async (number) => expect(await ask(costing(number))).toEqual(NONE));

  it.each(["日本 \u2028\u007f\ufeff", "\\ud800", "\\u001f\\n\\\\", "😀", "__proto__"])(
    "accept the text %s",
    async (prompt) => expect(await ask(saying(prompt))).toEqual(ALL),
  );

  it.each([
    "\\u0041",
    "\\/",
    "\\uD800",
    "\\ud83d\\ude00",
    "\\u001F",
    "\t",
    "\\u0008",
    "\\x41",
    "\u0000",
    NO_UTF8,
  ])("refuse the text %j", async (prompt) => expect(await ask(saying(prompt))).toEqual(NONE));

  const LINES: Record<string, (line: string) => string> = {
    "a member twice": (line) => line.replace('"seq":', '"seq":1,"seq":'),
    "a member of the event twice": (line) => line.replace('"type":', '"type":"task.ended","type":'),
    "a member more": (line) => line.replace(/\}$/, ',"zz":1}'),
    "a prototype": (line) => line.replace(/^\{/, '{"__proto__":{},'),
    "white space": (line) => line.replace(":", ": "),
    "another order": (line) => line.replace(/("prev":"\w+"),("seq":\d+)/, "$2,$1"),
    "a carriage return": (line) => `${line}\r`,
    "something behind it": (line) => `${line} x`,
    "a blank line before it": (line) => `\n${line}`,
    "a byte order mark": (line) => `\ufeff${line}`,
    "a digest in upper case": (line) =>
      line.replace(/"prev":"(\w+)"/, (_, prev: string) => `"prev":"${prev.toUpperCase()}"`),
    "a number as text": (line) => line.replace(/"seq":(\d+)/, '"seq":"$1"'),
    "a number that is true": (line) => line.replace(/"seq":\d+/, '"seq":true'),
    "a number with a fraction": (line) => line.replace(/"seq":(\d+)/, '"seq":$1.0'),
    "a time without fractions": (line) => line.replace(".678Z", "Z"),
    "a time with too many of them": (line) => line.replace(".678Z", ".6780Z"),
    "a time of another zone": (line) => line.replace(".678Z", ".678+00:00"),
    "a day that is none": (line) => line.replace("2026-01-02", "2026-02-30"),
    "an hour that is none": (line) => line.replace("T03:04", "T24:00"),
    "no event": (line) => line.replace(/"event":\{.*\},"prev"/, '"event":null,"prev"'),
    "a type that is none": (line) => line.replace(/"type":"\w+\.\w+"/, '"type":"phase.starteq"'),
    "nothing but a list": () => "[]",
    "nothing at all": () => "",
    "depth without end": (line) =>
      line.replace(/"event":\{.*\},"prev"/, `"event":${"[".repeat(5000)}${"]".repeat(5000)},"prev"`),
  };
  for (const [what, change] of Object.entries(LINES))
    it(`refuse a line with ${what}, wherever it stands`, async () => {
      // The first line names no digest with letters.
      const places = what.includes("upper case") ? [] : [0];
      for (const at of [...places, SUBMITTED, forger.lines.length - 1])
        expect(await ask(onLine(at, change)), `line ${at}`).toEqual(NONE);
    });

  it("refuse a journal that is empty, cut short, or opens nothing or another session", async () => {
    const { lines } = forger;
    const renumbered = lines.slice(1).map((line, index) => line.replace(/"seq":\d+/, `"seq":${index + 1}`));
    const forgeries: Forgery[] = [
      { lines: [], end: "" },
      { lines: [], end: "\n" },
      { end: "" },
      { end: "\n\n" },
      { end: "\n{" },
      { lines: renumbered },
      onLine(0, (line) => line.replace("session-1a2b3c", "session-1a2b3d")),
    ];
    for (const [index, forgery] of forgeries.entries()) expect(await ask(forgery), `${index}`).toEqual(NONE);
  });

  it("refuse statements and envelopes in another form than pm's", async () => {
    const statements: ((payload: string) => string)[] = [
      (payload) => payload.replace(":", ": "),
      (payload) => payload.replace(/\}$/, ',"zz":1}'),
      (payload) => payload.replace(/"seq":(\d+)/, '"seq":$1.0'),
      (payload) => payload.replace('"subject":[', '"subject":[{"digest":{},"name":"more"},'),
      (payload) => payload.replace('"digest":{', '"digest":{"md5":"",'),
      (payload) => payload.replace(/"blobs":\d+/, '"blobs":99'),
      (payload) => payload.replace(/"key_id":"\w/, '"key_id":"x'),
      (payload) => payload.replace(/"status":"ERROR"/, '"status":"COMPLETE"'),
      (payload) => payload.replace(/"status":"ERROR"/, '"status":"FINE"'),
      (payload) => `\ufeff${payload}`,
    ];
    const envelopes: ((file: string) => string)[] = [
      (file) => file.trimEnd(),
      (file) => `${file}\n`,
      (file) => file.replace(/"\}\]\}/, '"}],"zz":1}'),
      (file) => file.replace("==", ""),
      (file) => file.replace('"payload":"', '"payload":" '),
      (file) => file.replace(/"keyid":"\w+"/, (id) => `"keyid":${id.slice(8).toUpperCase()}`),
      (file) => file.replace(/"signatures":\[(.*)\]/, '"signatures":[$1,$1]'),
    ];
    for (const [index, statement] of statements.entries())
      expect(await ask({ statement }), `statement ${index}`).toEqual(NONE);
    for (const [index, envelope] of envelopes.entries())
      expect(await ask({ envelope }), `envelope ${index}`).toEqual(NONE);
  });

  it("refuse a member more, less, twice or elsewhere, and a tar in another form", async () => {
    const more = { name: "evidence/more.txt", content: Buffer.from("more") };
    const forged = [
      forger.forge({ members: (members) => [...members, more] }),
      forger.forge({ members: (members) => members.slice(1) }),
      forger.forge({ members: (members) => members.flatMap((member) => [member, member]) }),
      forger.forge({ members: (members) => members.reverse() }),
      writeTar("session-", []),
      Buffer.alloc(1024),
      Buffer.alloc(0),
    ];
    const whole = forger.forge({});
    const spelled = (size: string) => {
      const file = Buffer.from(whole);
      file.write(size, 124);
      file.write(" ".repeat(8), 148);
      const sum = file.subarray(0, 512).reduce((total, byte) => total + byte, 0);
      file.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
      return file;
    };
    const size = whole.toString("latin1", 125, 135);
    forged.push(spelled(` ${size}`), spelled(`+${size}`), spelled("-0000000001"), spelled("0o000000001"));
    for (const [index, file] of forged.entries()) expect(await verifiers.ask(file), `${index}`).toEqual(NONE);
  });

  it("agree on whatever is made of numbers, texts, lines and bytes", { timeout: 60_000 }, async () => {
    const mantissa = fc.constantFrom(
      "1",
      "0.5",
      "12",
      "1.0",
      "1.5",
      "01",
      "0.10",
      "9007199254740993",
      "-1.5",
    );
    const exponent = fc.constantFrom("", "", "e3", "e+3", "E3", "e21", "e+21", "e-7", "e-07", "e-5", "e400");
    const number = fc.oneof(
      fc.tuple(mantissa, exponent).map((parts) => parts.join("")),
      fc.double({ min: Number.MIN_VALUE, noNaN: true, noDefaultInfinity: true }).map(String),
      fc.double({ min: 1e-9, max: 1e23, noNaN: true }).map(String),
    );
    const piece = fc.constantFrom(
      "a",
      "\\u0041",
      "\\/",
      "\\ud800",
      "\\uDC00",
      "\\n",
      "\u2028",
      "\t",
      NO_UTF8,
    );
    const text = fc.oneof(
      fc.array(piece, { maxLength: 4 }).map((pieces) => pieces.join("")),
      fc.string({ unit: "binary" }).map((value) => JSON.stringify(value).slice(1, -1)),
    );
    const line = fc.tuple(fc.nat(forger.lines.length - 1), fc.constantFrom(...Object.keys(LINES)));
    const change: fc.Arbitrary<Forgery> = fc.oneof(
      // A budget below zero is none for pm, and tools don't know what a budget is.
      number.filter((spelled) => !spelled.startsWith("-")).map(costing),
      text.map(saying),
      line.map(([at, what]) => onLine(at, LINES[what] ?? String)),
    );
    const flip = fc.option(
      fc.record({ at: fc.double({ min: 0, max: 0.999, noNaN: true }), bit: fc.nat(7) }),
      { freq: 4 },
    );
    await fc.assert(
      fc.asyncProperty(change, flip, async (forgery, flipped) => {
        const file = forger.forge(forgery);
        if (flipped) {
          const at = Math.floor(flipped.at * file.length);
          file[at] = (file[at] ?? 0) ^ (1 << flipped.bit);
        }
        const { pm, mjs, py } = await verifiers.ask(file);
        expect({ mjs, py }).toEqual({ mjs: pm, py: pm });
      }),
      { numRuns: 150 },
    );
  });
});

describe("the list of event types in each tool", () => {
  it.each(["verify.mjs", "verify.py"])("of tools/%s is that of the journal", (name) => {
    const [, list = ""] = /EVENTS = (?:`|""")([^`"]+)/.exec(readFileSync(tool(name), "utf8")) ?? [];
    expect(list.split(/\s+/)).toEqual(eventSchema.options.map(({ shape }) => shape.type.value));
  });
});
