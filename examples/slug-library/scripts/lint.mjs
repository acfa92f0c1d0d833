// A linter of this project's own: what it asks for is small, and it needs no dependency.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const LONGEST_LINE = 120;
const RULES = [
  [/\t/, "tab"],
  [/[ \t]+$/, "white space at the end of the line"],
  [/\bvar\b/, "var"],
  [/[^=!]==[^=]|!=[^=]/, "== or != where === or !== is meant"],
  [/console\.log/, "console.log"],
];

function* filesIn(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesIn(path);
    else if (/\.m?js$/.test(entry.name)) yield path;
  }
}

const problems = [];
let count = 0;
for (const path of ["src", "test"].flatMap((folder) => [...filesIn(folder)])) {
  count += 1;
  const text = readFileSync(path, "utf8");
  if (!text.endsWith("\n")) problems.push(`${path}: no line feed at the end`);
  text.split("\n").forEach((line, index) => {
    if (line.length > LONGEST_LINE)
      problems.push(`${path}:${index + 1}: longer than ${LONGEST_LINE} characters`);
    for (const [pattern, what] of RULES) {
      if (pattern.test(line)) problems.push(`${path}:${index + 1}: ${what}`);
    }
  });
}
for (const problem of problems) process.stderr.write(`${problem}\n`);
process.stdout.write(`${count} files, ${problems.length} problems\n`);
process.exitCode = problems.length === 0 ? 0 : 1;
