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
    "/* eslint no-undef: 0 */",
    '/* eslint "no-undef": "off" */',
    "/* eslint eqeqeq: [0, 'smart'] -- why */",
    "/* eslint eqeqeq: warn */",
    "/* jshint undef: false */",
    "// prettier-ignore",
    "<!-- prettier-ignore-start -->",
    "/* jshint ignore:start */",
    "# fmt: off",
    "x = 1  # fmt: skip",
    "# isort: skip_file",
    "# pylint: skip-file",
    "# pyre-fixme[6]: why",
    "# ty: ignore",
    "#[rustfmt::skip]",
    "#[cfg_attr(test, allow(dead_code))]",
    "// NOLINTNEXTLINE(x)",
    "// clang-format off",
    "#pragma GCC diagnostic ignored",
    "// cppcheck-suppress x",
    "// $FlowFixMe",
    "// noinspection JSUnusedLocalSymbols",
    '@SuppressLint("x")',
    "[ExcludeFromCodeCoverage]",
    '[SuppressMessage("a", "b")]',
    "#nullable disable",
    "// @codeCoverageIgnore",
    "// phpcs:disable",
    "# nosemgrep",
    "# gitleaks:allow",
    "# checkov:skip=X",
    "// deno-fmt-ignore",
    "// dprint-ignore",
    "// ignore_for_file: prefer_const",
    "// ktlint-disable",
    "// CHECKSTYLE:OFF",
    "// @formatter:off",
    "# yamllint disable",
    "# hadolint ignore=DL3006",
    "// GCOV_EXCL_LINE",
    "<!-- svelte-ignore a11y -->",
    "// solhint-disable",
    "# typed: ignore",
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
  it("is seen by each rule that a comment switches off, and not where it makes rules stricter", () => {
    const rules = (list: string) => `/* eslint ${list} */`;
    expect(found(["a.js", rules("a: 0"), rules('a: 0, b/c: ["off"], d: "error"')])).toEqual([
      "a.js: eslint b/c: off",
    ]);
    expect(found(["a.js", rules("a: 0, b: 0"), rules("b: 0")])).toEqual([]);
    expect(found(["a.js", "", rules('a: "error", b: [2, { "max": 0 }], c: ["error", 1]')])).toEqual([]);
    expect(found(["a.js", "", "/* eslint is: off */x/* jshint esversion: 6 */"])).toEqual([
      "a.js: eslint is: off",
    ]);
    expect(found(["a.js", "", "/* jshint maxdepth: 1, -W030 */"])).toEqual(["a.js: jshint -W030: off"]);
    expect(found(["a.js", "", `/* eslint ${" ".repeat(5_000)}a: 0 */`])).toEqual(["a.js: eslint a: off"]);
    expect(found(["a.js", "", "/* eslint ".repeat(200_000)])).toEqual([]);
  });
  it("is nothing that ordinary words or documents say", () => {
    expect(found(["src/a.js", "", "ignore(type); allow(x); // we ignore lint here, and disable v8"])).toEqual(
      [],
    );
    expect(
      found(["src/a.js", "", "const o = { fmt: off }; // prettier ignores this; the formatter: off"]),
    ).toEqual([]);
    expect(found(["docs/lint.md", "", "Write `// eslint-disable-line` there."])).toEqual([]);
  });
});

describe("what a person would read otherwise than a program", () => {
  it.each(["\u202A", "\u202B", "\u202D", "\u202E", "\u2066", "\u2067", "\u2068"])(
    "is seen where %j is new in a source",
    (letter) => {
      const code = letter.charCodeAt(0).toString(16).toUpperCase();
      expect(found(["src/a.js", "a", `a${letter}b`])).toEqual([
        `src/a.js: U+${code}, which turns the order of text round`,
      ]);
      expect(found(["src/a.js", `a${letter}b`, `b${letter}`])).toEqual([]);
      expect(found(["locales/ar.json", "a", `a${letter}b`])).toEqual([]);
      expect(found(["docs/ar.md", "a", `a${letter}b`])).toEqual([]);
    },
  );
  it("is seen in the name of a new file", () => {
    expect(found(["src/\u0455lug.js", null, "a"])).toEqual([
      "src/\u0455lug.js: U+0455, which looks like a Latin letter",
    ]);
    expect(found(["docs/re\u0430dme.md", null, "a"])).toHaveLength(1);
    expect(found(["src/T\u03BFken.py", null, "a"])).toHaveLength(1);
    expect(found(["src/a\u202Esj.py", null, "a"])).toHaveLength(1);
    expect(found(["src/\u0455lug.js", "a", "b"])).toEqual([]);
    expect(found(["src/\u0455lug.js", "a", null])).toEqual([]);
  });
  it.each([
    "src/\u043E\u0442\u0447\u0451\u0442PDF.js",
    "src/\u043A\u043E\u0442.js",
    "src/\u0394x.py",
    "src/\u03B1-test.js",
    "src/5\u00B5m.js",
    "src/grüße/日本.js",
    "src/\u03B2eta.js",
    "src/NF\u03BAB.py",
  ])("is no name such as %s", (name) => expect(found([name, null, "a"])).toEqual([]));

  it("takes @ts-expect-error in a test for the expectation that it is there, and @ts-ignore for what it is", () => {
    expect(found(["test/a.test.ts", null, "// @ts-expect-error\nf(1);\n"])).toEqual([]);
    expect(found(["src/a.ts", null, "// @ts-expect-error\nf(1);\n"])).toEqual(["src/a.ts: @ts-expect-error"]);
    expect(found(["test/a.test.ts", null, "// @ts-ignore\nf(1);\n"])).toEqual(["test/a.test.ts: @ts-ignore"]);
  });
});
