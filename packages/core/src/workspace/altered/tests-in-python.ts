import type { FoundTest } from "./found-test.ts";

const TEST = /^\s*(?:async\s+)?def\s+(test\w*)\s*\(/;

/**
 * The tests of a file in Python with their decorators, as pytest reports them: whatever the class, since another may
 * inherit them. One whose end is taken too early leaves more outside of tests, never less.
 */
export function testsInPython(source: string): FoundTest[] {
  const found: FoundTest[] = [];
  let open: { name: RegExp; start: number; indent: number } | null = null;
  let decorated: number | null = null;
  let at = 0;
  for (const line of source.split("\n")) {
    const indent = line.search(/\S/);
    if (open !== null && indent >= 0 && indent <= open.indent) {
      found.push({ name: open.name, start: open.start, end: at });
      open = null;
    }
    const [, name] = TEST.exec(line) ?? [];
    if (open === null && name !== undefined)
      open = { name: new RegExp(`(?:^| > )${name}(?:\\[|$)`), start: decorated ?? at, indent };
    if (open === null && /^\s*@/.test(line)) decorated ??= at;
    else if (/^\s*(?:async\s+)?(?:def|class)\b/.test(line)) decorated = null;
    at += line.length + 1;
  }
  if (open !== null) found.push({ name: open.name, start: open.start, end: source.length });
  return found;
}
