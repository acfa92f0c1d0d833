import { describe, expect, it } from "vitest";
import { createPainter, wantsColor } from "../../src/render/painter.ts";

describe("colour", () => {
  it.each([
    ["a terminal", true, {}, false, true],
    ["no terminal", false, {}, false, false],
    ["NO_COLOR", true, { NO_COLOR: "1" }, false, false],
    ["an empty NO_COLOR", true, { NO_COLOR: "" }, false, true],
    ["--no-color", true, { FORCE_COLOR: "1" }, true, false],
    ["a dumb terminal", true, { TERM: "dumb" }, false, false],
    ["FORCE_COLOR", false, { FORCE_COLOR: "1" }, false, true],
    ["FORCE_COLOR=0", true, { FORCE_COLOR: "0" }, false, false],
    ["NO_COLOR over FORCE_COLOR", true, { NO_COLOR: "1", FORCE_COLOR: "1" }, false, false],
  ])("with %s", (_, isTTY, env, refused, expected) => {
    expect(wantsColor(isTTY, env, refused)).toBe(expected);
  });

  it("leaves text alone where it is off", () => {
    const { red, bold } = createPainter(false);
    expect(bold(red("x"))).toBe("x");
  });
});
