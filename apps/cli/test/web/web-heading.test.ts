import { describe, expect, it } from "vitest";
import { widthOf } from "../../src/render/fit.ts";
import { headingLines, loginLines } from "../../src/web/web-heading.ts";
import { recordOf } from "./records.ts";

const LINK = `https://pm.example.com/#login=${"a".repeat(43)}`;
const terminal = (columns: number, rows: number, isTTY = true) => ({
  output: { columns: () => columns, rows: () => rows, isTTY },
  color: false,
});

describe("what pm web prints", () => {
  it("is the address first, and the project without anything that a terminal would obey", () => {
    const lines = headingLines(recordOf({ project: "/work/\x1b[31mevil" }), "off", terminal(80, 24));
    expect(lines[0]).toBe("Web UI   http://localhost:6000");
    expect(lines.join("\n")).not.toContain("\x1b");
  });

  it("is a link, and a code only where it has room on a terminal", () => {
    const [link, , ...code] = loginLines(LINK, true, terminal(80, 24));
    expect(link).toContain(LINK);
    expect(code.length).toBeGreaterThan(15);
    for (const small of [terminal(30, 24), terminal(80, 12), terminal(80, 24, false)])
      expect(loginLines(LINK, true, small)).toHaveLength(2);
    expect(loginLines(LINK, false, terminal(80, 24))).toHaveLength(2);
  });

  it("draws the code dark on light with colours, whatever those of the terminal are", () => {
    const [, , ...code] = loginLines(LINK, true, { ...terminal(80, 24), color: true });
    expect(code.every((row) => row.startsWith("\x1b[30;107m") && row.endsWith("\x1b[0m"))).toBe(true);
    expect(new Set(code.map(widthOf)).size).toBe(1);
  });
});
