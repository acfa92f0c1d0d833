import { describe, expect, it } from "vitest";
import { isCosmetic } from "../../src/workspace/source-text.ts";

/** Template literals, spelt in parts since a linter takes them for a mistake in a plain string. */
const hole = "$" + "{ '//' }";
const nested = "`a $" + "{ f(`b`) } c`";

const same: [string, string, string][] = [
  ["a.ts", "f(a,b){return a}", "f( a, b )\n{\n  // why\n  return a /* a */\n}"],
  ["a.js", "const u = 'http://x'; // a", "const u = 'http://x'; // b"],
  ["a.js", "x = a / b / c // d", "x = a / b / c"],
  ["a.js", "x = /[/*]/g.test(s) // one", "x = /[/*]/g.test(s) /* two */"],
  ["a.tsx", "<p>Don't</p>\nlet a = 1", "<p>Don't</p>\nlet  a  =  1"],
  ["a.js", `x = ${nested}; // d`, `x = ${nested};`],
  ["a.py", "def f():\n  return 1\n", "# why\ndef f():\n\n    return 1  # one\n"],
  ["a.py", "f(a,\n  b)\n", "f(a, b)\n"],
  ["a.py", "x = 1 + \\\n  2\n", "x = 1 + 2\n"],
  ["a.go", "x := `a` // b", "x := `a`"],
  ["a.rs", "fn f<'a>(x: &'a str) { /* a /* b */ c */ }", "fn f<'a>(x: &'a str) {}"],
  ["a.rs", `let s = r#"a "b" // c"#; // d`, `let s = r#"a "b" // c"#;`],
  ["A.java", "int a = 1; /* b */", "int a=1;"],
  ["a.c", "a = b; // '", "a = b;"],
];
const different: [string, string, string][] = [
  ["a.ts", "const a = 1", "const a = 2"],
  ["a.ts", "'a b'", "'a  b'"],
  ["a.ts", "'a // b'", "'a // c'"],
  ["a.js", "`a\n b`", "`a\nb`"],
  ["a.js", `\`${hole} a\``, `\`${hole} b\``],
  ["a.js", "x = /a b/", "x = /a  b/"],
  ["a.js", "return\nx", "return x"],
  ["a.js", "a + +b", "a ++b"],
  ["a.js", "in x", "inx"],
  ["a.tsx", "<a>http://x</a>; f(1)", "<a>http://x</a>; f(2)"],
  ["a.py", "if a:\n  b()\nc()\n", "if a:\n  b()\n  c()\n"],
  ["a.py", 'def f():\n  """a"""\n', 'def f():\n  """b"""\n'],
  ["a.py", "x = '#a'\n", "x = '#b'\n"],
  ["a.py", 'x = """\n# a\n"""\n', 'x = """\n# b\n"""\n'],
  ["a.py", "a\nb\n", "a b\n"],
  ["a.rs", `r"a // b"`, `r"a // c"`],
  ["a.rs", "'\"' // a", "'x' // a"],
  ["a.c", `"a /* " + b + " */"`, `"a /* " + c + " */"`],
  ["README.md", "a", "a "],
];

describe("a source file's difference", () => {
  for (const [path, before, after] of same) {
    it(`is cosmetic in ${path} from ${JSON.stringify(before)} to ${JSON.stringify(after)}`, () => {
      expect(isCosmetic(path, before, after)).toBe(true);
    });
  }
  for (const [path, before, after] of different) {
    it(`counts in ${path} from ${JSON.stringify(before)} to ${JSON.stringify(after)}`, () => {
      expect(isCosmetic(path, before, after)).toBe(false);
    });
  }
});
