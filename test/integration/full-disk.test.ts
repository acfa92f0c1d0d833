/** A disk that is full or fills up in a run: an own small file system, made by bubblewrap, around the built `pm`. */
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { ExecutionResult } from "@pm/core";
import { describe, expect, it } from "vitest";
import { FIXED_SLUG, PROMPT } from "../../packages/core/test/support/honest-script.ts";
import { recordedSession } from "../support/recorded-session.ts";

const LAUNCHER = fileURLToPath(new URL("../../apps/cli/bin/pm.js", import.meta.url));

/**
 * Runs `pm start` with so much room, then what it says to do next with enough of it. Both answers are kept outside of the
 * small file system, which is gone when the script ends.
 */
const SCRIPT = `
set -u
cp -a "$PROJECT" "$SMALL/p"
free=$(df --output=avail -k "$SMALL" | tail -1)
head -c $(( (free - ROOM) * 1024 )) /dev/zero > "$SMALL/fill"
"$NODE" "$PM" start "$PROMPT" --project "$SMALL/p" --recording "$OUT/recording.json" --json > "$OUT/first.json" 2>/dev/null
git -C "$SMALL/p" status --porcelain > "$OUT/changed"
rm "$SMALL/fill"
next=$("$NODE" -p 'const r=JSON.parse(fs.readFileSync(process.argv[1])); const id=r.error?.data.session; id ?? ""' "$OUT/first.json")
if [ -n "$next" ]; then
  "$NODE" "$PM" verify "$next" --json > "$OUT/verified.json"
  "$NODE" "$PM" approve "$next" > /dev/null 2>&1
  "$NODE" "$PM" continue "$next" --json > "$OUT/second.json" 2>/dev/null
else
  "$NODE" "$PM" start "$PROMPT" --project "$SMALL/p" --recording "$OUT/recording.json" --json > "$OUT/second.json" 2>/dev/null
fi
cp "$SMALL/p/src/slug.js" "$OUT/slug.js"
`;

function runOnSmallDisk(roomKib: number) {
  const { project, folder, env } = recordedSession();
  const small = join(folder, "small");
  mkdirSync(small);
  const bwrap = ["--dev-bind", "/", "/", "--size", "4194304", "--tmpfs", small, "--", "bash", "-c", SCRIPT];
  const ran = spawnSync("bwrap", bwrap, {
    env: {
      ...env,
      PATH: process.env.PATH,
      PROJECT: project,
      SMALL: small,
      OUT: folder,
      ROOM: String(roomKib),
      NODE: process.execPath,
      PM: LAUNCHER,
      PROMPT,
    },
    encoding: "utf8",
  });
  if (ran.status !== 0) throw new Error(`bubblewrap: ${ran.stderr}`);
  const read = (name: string) => readFileSync(join(folder, name), "utf8");
  return {
    first: JSON.parse(read("first.json")) as { error?: { code: string; hint: string } },
    changed: read("changed"),
    second: JSON.parse(read("second.json")) as ExecutionResult,
    verified: () => JSON.parse(read("verified.json")) as { ok: boolean },
    source: read("slug.js"),
  };
}

describe("a full disk", () => {
  it.each([0, 20])(
    "with %i KiB left at the start is E109, nothing is changed, and the same command works later",
    (room) => {
      const { first, changed, second, source } = runOnSmallDisk(room);
      expect(first.error).toMatchObject({ code: "E109" });
      expect(changed).toBe("");
      expect(second.overall_status).toBe("COMPLETE");
      expect(source).toBe(FIXED_SLUG);
    },
    60_000,
  );

  it.each([60, 140])(
    "that fills up in a run, with %i KiB left, is E307, and pm continue goes on where it was",
    (room) => {
      const { first, changed, second, source, verified } = runOnSmallDisk(room);
      expect(first.error).toMatchObject({
        code: "E307",
        hint: expect.stringContaining("pm continue session-"),
      });
      expect(changed).toBe("");
      expect(verified().ok).toBe(true);
      expect(second.overall_status).toBe("COMPLETE");
      expect(source).toBe(FIXED_SLUG);
    },
    60_000,
  );
});
