import { type KeyProvider, stripToLine } from "@pm/core";
import { jsonText } from "../render/json-text.ts";
import { createPainter } from "../render/painter.ts";
import { tableText } from "../render/table-text.ts";
import { keyCheckRows } from "../setup/key-check-rows.ts";
import type { UserSetup } from "../setup/user-setup.ts";
import type { CommandContext } from "./command.ts";

/** Asks each API whether it takes the key that is set. @returns 0 where a key is set and every one is taken, else 1 */
export async function keysCheck(
  { io, style }: CommandContext,
  setup: UserSetup,
  provider: KeyProvider | undefined,
): Promise<number> {
  const checks = await setup.checkKeys(provider);
  const ok = checks.some((check) => check.ok === true) && checks.every((check) => check.ok !== false);
  if (style.json) {
    io.stdout.write(jsonText({ ok, checks }));
    return ok ? 0 : 1;
  }
  io.stdout.write(tableText([["PROVIDER", "KEY", "ANSWER"], ...keyCheckRows(checks)], 2, null));
  const wrong = checks.find(({ ok: taken, error }) => taken === null || error?.code === "E504");
  if (!ok && wrong !== undefined) {
    io.stdout.write(
      `${createPainter(style.color.stdout).bold("Next")}  pm keys set ${stripToLine(wrong.provider)}\n`,
    );
  }
  return ok ? 0 : 1;
}
