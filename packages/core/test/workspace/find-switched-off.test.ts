import { describe, expect, it } from "vitest";
import { countSwitches, switchedOff } from "../../src/workspace/find-switched-off.ts";
import { file } from "../gates/build-evidence.ts";

/** Files as `[path, before, after]`; null where there is none. */
function found(...changes: readonly (readonly [string, string | null, string | null])[]): string[] {
  const blobs = new Map<string, Buffer>();
  const files = changes.map(([path, before, after], index) => {
    const put = (side: string, text: string | null) => {
      if (text === null) return null;
      blobs.set(`${side}${index}`, Buffer.from(text));
      return `${side}${index}`;
    };
    return file(path, { old_oid: put("old", before), new_oid: put("new", after) });
  });
  return switchedOff(countSwitches(files, blobs)).map(({ path, mark }) => `${path}: ${mark}`);
}

describe("a checker told to look away", () => {
  it.each([
    "/* eslint-disable */",
    "// eslint-disable-next-line no-eval",
    "// @ts-nocheck",
    "// @ts-expect-error",
    "// biome-ignore lint/a: b",
    "/* v8 ignore next */",
    "/* istanbul ignore else */",
    "x = 1  # type: ignore[assignment]",
    "import os  # noqa: F401",
    "# pragma: no cover",
    "# mypy: ignore-errors",
    "//nolint:errcheck",
    "#![allow(dead_code)]",
    '@SuppressWarnings("unchecked")',
    "# rubocop:disable all",
    "# shellcheck disable=SC2086",
    "#pragma warning disable",
  ])("is seen where %s is new", (mark) => {
    expect(found(["src/a", "a\n", `${mark}\na\n`])).toHaveLength(1);
    expect(found(["src/a", null, mark])).toHaveLength(1);
    expect(found(["src/a", mark, "a"])).toEqual([]);
    expect(found(["src/a", `${mark}\n1`, `${mark}\n2`])).toEqual([]);
  });
  it("is seen where there are more, but not where code moves to another file", () => {
    const mark = "// eslint-disable-line\n";
    expect(found(["src/a.js", mark, mark + mark])).toEqual(["src/a.js: eslint-disable"]);
    expect(found(["src/a.js", mark, null], ["src/b.js", null, mark])).toEqual([]);
    expect(found(["src/a.js", mark, mark], ["src/b.js", null, mark])).toEqual(["src/b.js: eslint-disable"]);
  });
  it("is nothing that ordinary words or documents say", () => {
    expect(found(["src/a.js", "", "ignore(type); allow(x); // we ignore lint here, and disable v8"])).toEqual(
      [],
    );
    expect(found(["docs/lint.md", "", "Write `// eslint-disable-line` there."])).toEqual([]);
  });
});
