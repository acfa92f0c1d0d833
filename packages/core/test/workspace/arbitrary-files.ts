import fc from "fast-check";
import type { Files } from "./temp-project.ts";

const part = fc.oneof(
  fc.constantFrom(
    "a",
    "b",
    "src",
    "x y",
    "tab\there",
    "line\nbreak",
    "-dash",
    "ünï",
    "日本",
    "q'\"uote",
    "back\\slash",
  ),
  fc.constantFrom(
    "*",
    "[x]",
    ":colon",
    ":!bang",
    "#hash",
    "!not",
    "~",
    "%41",
    "CON",
    "a.",
    "git~1",
    "é",
    ".hidden",
  ),
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 8 }),
);
const name = part.filter(
  (text) =>
    !/[/\0]/.test(text) &&
    Buffer.from(text).toString() === text &&
    text.trim() !== "" &&
    Buffer.byteLength(text) < 120 &&
    ![".", "..", ".pm"].includes(text) &&
    !/^\.git/i.test(text),
);
const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((parts) => parts.join("/"));

const text = fc.constantFrom(
  "",
  "\n",
  "one\ntwo\n",
  "crlf\r\nlines\r\n",
  "mixed\r\n\n",
  "$Id$ $Id: x $\n",
  "no end",
);
const content = fc.oneof(
  text,
  fc.uint8Array({ maxLength: 64 }).map((bytes) => Buffer.from(bytes)),
  text.map((value): ["exec", string] => ["exec", value]),
  fc
    .constantFrom("a", "../x", "/etc/passwd", "nowhere", ".")
    .map((target): ["link", string] => ["link", target]),
);
const attributes = fc.constantFrom(
  "* text=auto\n",
  "* text eol=crlf\n",
  "* filter=lfs diff=lfs merge=lfs -text\n",
  "* ident\n",
  "* working-tree-encoding=UTF-16\n",
  "[attr]mine filter=x\n* mine\n",
);

/** Sets of files with odd names, every type, and attributes that git would act on; none is above another. */
export const arbitraryFiles: fc.Arbitrary<Files> = fc
  .record({ files: fc.array(fc.tuple(path, content), { maxLength: 12 }), attributes: fc.option(attributes) })
  .map(({ files, attributes }) => {
    const chosen: Files = attributes === null ? {} : { ".gitattributes": attributes };
    for (const [at, what] of files) {
      const others = Object.keys(chosen);
      if (others.some((other) => `${other}/`.startsWith(`${at}/`) || at.startsWith(`${other}/`))) continue;
      chosen[at] = what;
    }
    return chosen;
  });
