import { rmSync } from "node:fs";
import type { AgentRunResult } from "@pm/core";
import { expect, it } from "vitest";
import { filesHolding } from "../../../../test/support/files-holding.ts";
import { startMessagesServer } from "../../../../test/support/messages-server/server.mjs";
import * as turn from "../../../../test/support/messages-server/turns.mjs";
import { loopDriver } from "../contract/loop-driver.ts";
import { isolatedExec } from "../support/isolated-exec.ts";
import { makeTestRun } from "../support/make-request.ts";

const KEY = 'canary+/ "key" 7f3a9c51d2e84b60/Zq';
const base64 = (text: string) => Buffer.from(text).toString("base64");
const json = JSON.stringify(KEY).slice(1, -1);
const hex = Buffer.from(KEY).toString("hex");

/** Twelve ways in which a key may be written. */
const FORMS: Readonly<Record<string, string>> = {
  "as it is": KEY,
  "in JSON": json,
  "in JSON within JSON": JSON.stringify(json).slice(1, -1),
  "in JSON with escaped slashes": json.replaceAll("/", "\\/"),
  "in a url": encodeURIComponent(KEY),
  "in a url, in small letters": encodeURIComponent(KEY).replace(/%[0-9A-F]{2}/g, (code) =>
    code.toLowerCase(),
  ),
  "in a form": encodeURIComponent(KEY).replaceAll("%20", "+"),
  "in hex": hex,
  "in capital hex": hex.toUpperCase(),
  "in base64": base64(KEY),
  "in base64 behind a letter": base64(`x${KEY}`),
  "in base64url behind two letters": Buffer.from(`xy${KEY}`).toString("base64url"),
};

it.each(Object.entries(FORMS))(
  "a key written %s is in no transcript, record, activity or answer",
  async (_, form) => {
    const run = makeTestRun();
    const server = await startMessagesServer(({ index }) =>
      index === 0
        ? {
            content: [
              ...(turn.text(`I found ${form}`).content ?? []),
              ...(turn.tool("shell", { argv: ["echo", form] }).content ?? []),
            ],
          }
        : index === 1
          ? turn.tool("read", { path: `${form}/../../../etc/passwd` })
          : turn.text(`It is ${form}`),
    );
    try {
      const provider = loopDriver("messages").make(run, server, KEY);
      const done = await provider.run(run.request({ exec: isolatedExec(run) }));
      const planned = await provider.run(
        run.request({
          exec: isolatedExec(run, "read"),
          access: "read",
          phase: "PLANNING",
          output: { name: "plan", jsonSchema: { type: "object" } },
        }),
      );
      expect(done.record).toMatchObject({ is_error: false, tool_calls: 2 });
      for (const told of [...leaves(done), ...leaves(planned), ...leaves(run.activities)]) {
        // Its edges hold no whole letter of the key, and may stay.
        expect(told).not.toContain(form.slice(6, -6));
      }
      expect(leaves(done).join()).toContain("[redacted:known-secret]");
      expect(filesHolding(run.dir, form.slice(6, -6))).toEqual([]);
    } finally {
      await server.close();
      rmSync(run.dir, { recursive: true, force: true });
    }
  },
);

it("a key that an API's refusal quotes is not in the error", async () => {
  const run = makeTestRun();
  const server = await startMessagesServer(() => turn.httpError(401, `no such key: ${KEY}`));
  const provider = loopDriver("messages").make(run, server, KEY);
  const { record } = await provider.run(run.request({ exec: isolatedExec(run) }));
  await server.close();
  rmSync(run.dir, { recursive: true, force: true });
  expect(record.error_code).toBe("E504");
  expect(record.error_message).toContain("no such key: [redacted:known-secret]");
});

/** Every string in a value: what JSON would escape once more is looked at as it is. */
function leaves(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (value === null || typeof value !== "object") return [];
  return Object.values(value as AgentRunResult).flatMap(leaves);
}
