import { stripToLine } from "@pm/core";
import { integerOption } from "../command-line/integer-option.ts";
import type { ParsedArguments } from "../command-line/parsed-arguments.ts";
import { jsonText } from "../render/json-text.ts";
import { createPainter } from "../render/painter.ts";
import type { CommandContext } from "./command.ts";
import { inNamespace } from "./in-namespace.ts";

const MAX_SHARDS = 64;

/** Makes the queue of a namespace, or only says what a role must be allowed for it. @returns the exit code */
export async function queueCreate(context: CommandContext, args: ParsedArguments): Promise<number> {
  const { io, style, namespace, services } = context;
  const shards = integerOption("queue", args, "shards", { min: 1, max: MAX_SHARDS });
  if (args.has("policy")) {
    io.stdout.write(jsonText(await services.queuePolicy(namespace)));
    return 0;
  }
  const { engine, place, policy } = await services.createQueue(namespace, shards);
  if (style.json) {
    io.stdout.write(jsonText({ namespace, engine, place, policy }));
    return 0;
  }
  const { bold, green } = createPainter(style.color.stdout);
  const lines = [
    `${bold(green("READY"))}  queue of namespace ${namespace}`,
    `${bold("Engine")}  ${engine}`,
    `${bold("Place")}   ${stripToLine(place)}`,
  ];
  if (policy === null) lines.push("Nothing else is needed: the first task would have made it too.");
  else lines.push("", "What AWS roles must be allowed:", jsonText(policy));
  lines.push(`${bold("Next")}    ${inNamespace('pm start "what to do"', namespace)}`);
  io.stdout.write(`${lines.join("\n")}\n`);
  return 0;
}
