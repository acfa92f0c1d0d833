import { createHash } from "node:crypto";
import { resolve } from "node:path";
import { replaceFile } from "@pm/core";
import { usageError } from "../command-line/parse-arguments.ts";
import { jsonText } from "../render/json-text.ts";
import type { CommandRun } from "./command.ts";
import { sessionOf } from "./session-of.ts";

/** Evidence is its owner's, until they hand it on. */
const EXPORT_MODE = 0o600;
const BADGE_MODE = 0o644;

export const run: CommandRun = async (context, args) => {
  const { io, style } = context;
  const engine = await context.services.engine(context.namespace);
  const exported = await engine.exportSession(await sessionOf(context, args, engine));
  const id = exported.session_id;
  const file = resolve(io.cwd(), args.value("output") ?? `${id}.pm.tar`);
  const badge = args.value("badge");
  const badgeFile = badge === undefined ? null : resolve(io.cwd(), badge);
  if (badgeFile === file) throw usageError("export", "--output and --badge name the same file.");
  await replaceFile(file, exported.file, EXPORT_MODE);
  if (badgeFile !== null) await replaceFile(badgeFile, exported.badge, BADGE_MODE);
  const bytes = exported.file.length;
  if (style.json) {
    const sha256 = createHash("sha256").update(exported.file).digest("hex");
    io.stdout.write(
      jsonText({ session_id: id, file, bytes, sha256, key_id: exported.key_id, badge: badgeFile }),
    );
    return 0;
  }
  if (style.quiet) {
    io.stdout.write(`${file}\n`);
    return 0;
  }
  const lines = [
    `Exported   ${file} (${bytes} bytes)`,
    ...(badgeFile === null ? [] : [`Badge      ${badgeFile}`]),
    `Signed by  ${exported.key_id}`,
    "Whoever gets it can check it: pm verify <file>, or README.txt in it says how without pm. Tell them the key above another way.",
  ];
  io.stdout.write(`${lines.join("\n")}\n`);
  return 0;
};
