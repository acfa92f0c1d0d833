import { writeFileSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";
import { makeAttested } from "./attested-session.ts";
it("try", async () => {
  const a = makeAttested();
  const result = await a.start({prompt: "Make `slug` return an empty string for an empty string. <script>alert(1)</script>\u202e \u001b[31mred"});
  console.log(JSON.stringify(result, null, 1).slice(0, 600), a.notices);
  console.log(await a.engine.verify(result.session_id));
  const e = await a.engine.exportSession(result.session_id);
  writeFileSync("/tmp/a.pm.tar", e.file); writeFileSync("/tmp/a.svg", e.badge);
  console.log(await a.engine.verifyExport("/tmp/a.pm.tar"), e.file.length);
  expect((await a.engine.exportSession(result.session_id)).file.equals(e.file)).toBe(true);
  a.remove();
}, 60000);
