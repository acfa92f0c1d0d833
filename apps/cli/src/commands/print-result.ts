import type { ExecutionResult } from "@pm/core";
import { jsonText } from "../render/json-text.ts";
import { createPainter } from "../render/painter.ts";
import { resultText } from "../render/result-text.ts";
import type { CommandContext } from "./command.ts";
import { inNamespace } from "./in-namespace.ts";

/** Puts a result on stdout: for people, or with `--json` exactly the object. */
export function printResult({ io, style, namespace }: CommandContext, result: ExecutionResult): void {
  const next_action = inNamespace(result.next_action, namespace);
  const shown = { ...result, next_action };
  io.stdout.write(style.json ? jsonText(shown) : resultText(shown, createPainter(style.color.stdout)));
}
