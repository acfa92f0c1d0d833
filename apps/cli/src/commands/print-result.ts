import type { ExecutionResult } from "@pm/core";
import { jsonText } from "../render/json-text.ts";
import { createPainter } from "../render/painter.ts";
import { resultText } from "../render/result-text.ts";
import type { CommandContext } from "./command.ts";

/** Puts a result on stdout: for people, or with `--json` exactly the object. */
export function printResult({ io, style }: CommandContext, result: ExecutionResult): void {
  const text = style.json ? jsonText(result) : resultText(result, createPainter(style.color.stdout));
  io.stdout.write(text);
}
