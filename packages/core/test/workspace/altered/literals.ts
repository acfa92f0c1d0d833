import { alterSource } from "../../../src/workspace/altered/alter-source.ts";

const LITERALS =
  /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`|\b\d+(?:\.\d+)?\b|\b(?:True|False|None|undefined|null)\b/g;
const literalsOf = (text: string) => text.match(LITERALS) ?? [];

/** The literals of a source that others stand for once it is altered; conditions may be turned round. */
export function alteredLiterals(path: string, source: string): string[] {
  const kept = literalsOf(alterSource(path, source) ?? source);
  return literalsOf(source).filter((literal, at) => kept[at] !== literal);
}
