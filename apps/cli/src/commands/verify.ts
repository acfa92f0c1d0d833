import { resolve } from "node:path";
import { isKeyId, stripToLine } from "@pm/core";
import { jsonText } from "../render/json-text.ts";
import { createPainter } from "../render/painter.ts";
import { paintStatus } from "../render/result-text.ts";
import type { CommandRun } from "./command.ts";
import { sessionOf } from "./session-of.ts";

const DAMAGED = 5;

/** No session's id has such characters, and every file that `pm export` makes has. */
const isPath = (named: string) => /[./\\]/.test(named);

export const run: CommandRun = async (context, args) => {
  const { io, style } = context;
  const engine = await context.services.engine(context.namespace);
  const named = args.positionals[0] ?? "";
  const key = args.value("key");
  const pin = key === undefined ? {} : isKeyId(key) ? { keyId: key } : { keyFile: resolve(io.cwd(), key) };
  const report = isPath(named)
    ? await engine.verifyExport(resolve(io.cwd(), named), pin)
    : await engine.verify(await sessionOf(context, args, engine), pin);
  if (style.json) {
    io.stdout.write(jsonText(report));
    return report.ok ? 0 : DAMAGED;
  }
  const paint = createPainter(style.color.stdout);
  const size = `journal lines: ${report.lines}, files: ${report.files}, bytes: ${report.bytes}`;
  const lines = report.ok
    ? [
        `${paint.bold(paint.green("VERIFIED"))}  ${report.session_id}`,
        `The evidence is whole (${size}) and proves the status ${paintStatus(report.overall_status, paint)}.`,
        ...(report.attestation?.state === "verified" ? [`Signed by ${report.attestation.key_id}.`] : []),
      ]
    : [
        `${paint.bold(paint.red("DAMAGED"))}  ${stripToLine(report.session_id || named)}`,
        `The evidence can't be trusted (${size}).`,
        ...report.problems.map(
          ({ code, where, message }) =>
            `  ${paint.red(code)} ${message.startsWith(where) ? "" : `${stripToLine(where)}: `}${stripToLine(message)}`,
        ),
        "  Fix: don't trust this session; start a new one: pm start",
      ];
  for (const note of report.notes) lines.push(`  Note: ${stripToLine(note)}`);
  io.stdout.write(`${lines.join("\n")}\n`);
  return report.ok ? 0 : DAMAGED;
};
