import { chmod, chown, mkdir, readdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { acquireLock } from "../../src/locks/file-lock.ts";
import { keyStatus } from "../../src/project/key-status.ts";
import { saveUserKey } from "../../src/project/save-user-key.ts";
import { loadUserConfig } from "../../src/project/user-config.ts";
import { temporaryDir } from "./temporary-dir.ts";

const modeOf = async (path: string) => (await stat(path)).mode & 0o777;

describe("saveUserKey", () => {
  it("makes the folder with mode 0700 and the file with 0600, whatever the umask", async () => {
    const home = join(await temporaryDir(), "deep", "home");
    const before = process.umask(0);
    try {
      await saveUserKey(home, "anthropic", " sk-ant-1 ");
    } finally {
      process.umask(before);
    }
    expect(await modeOf(home)).toBe(0o700);
    expect(await modeOf(join(home, "config.json"))).toBe(0o600);
    expect(await loadUserConfig(home)).toEqual({ keys: { anthropic: "sk-ant-1" } });
  });

  it("keeps every other setting, and leaves no other file behind", async () => {
    const home = await temporaryDir();
    const settings = { queue: { engine: "dynamodb" }, providers: { "claude-code": { command: ["/x"] } } };
    await writeFile(join(home, "config.json"), JSON.stringify({ ...settings, keys: { openai: "old" } }), {
      mode: 0o600,
    });
    await saveUserKey(home, "anthropic", "sk-ant-2");
    await saveUserKey(home, "openai", "sk-3");
    expect(await loadUserConfig(home)).toEqual({
      ...settings,
      keys: { openai: "sk-3", anthropic: "sk-ant-2" },
    });
    expect((await readdir(home)).sort()).toEqual(["config.json", "locks"]);
  });

  it("keeps the newest key of each provider, whatever the order", async () => {
    const step = fc.record({
      provider: fc.constantFrom("anthropic" as const, "openai" as const),
      key: fc.stringMatching(/^[\x21-\x7e]{1,40}$/),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 4 }), async (steps) => {
        const home = await temporaryDir();
        const keys: Record<string, string> = {};
        for (const { provider, key } of steps) {
          await saveUserKey(home, provider, key);
          keys[provider] = key;
        }
        expect((await loadUserConfig(home)).keys).toEqual(keys);
      }),
      { numRuns: 25 },
    );
  });

  it("refuses a link, an open file and an open folder, and leaves them as they are", async () => {
    const other = join(await temporaryDir(), "other.json");
    await writeFile(other, "{}", { mode: 0o600 });
    const linked = await temporaryDir();
    await symlink(other, join(linked, "config.json"));
    await expect(saveUserKey(linked, "openai", "sk-4")).rejects.toMatchObject({ code: "E113" });
    expect(await readFile(other, "utf8")).toBe("{}");
    for (const mode of [0o640, 0o604, 0o620, 0o602]) {
      const home = await temporaryDir();
      await writeFile(join(home, "config.json"), "{}");
      await chmod(join(home, "config.json"), mode);
      await expect(saveUserKey(home, "openai", "sk-4")).rejects.toMatchObject({ code: "E113" });
      expect(await readFile(join(home, "config.json"), "utf8")).toBe("{}");
    }
    const open = await temporaryDir();
    await chmod(open, 0o777);
    await expect(saveUserKey(open, "openai", "sk-4")).rejects.toMatchObject({ code: "E113" });
    expect(await readdir(open)).toEqual([]);
  });

  it.skipIf(process.getuid?.() !== 0)("refuses a folder and a file of another user", async () => {
    const folder = await temporaryDir();
    await chown(folder, 12345, 12345);
    await expect(saveUserKey(folder, "openai", "sk-5")).rejects.toMatchObject({ code: "E113" });
    const home = await temporaryDir();
    await writeFile(join(home, "config.json"), "{}", { mode: 0o600 });
    await chown(join(home, "config.json"), 12345, 12345);
    await expect(saveUserKey(home, "openai", "sk-5")).rejects.toMatchObject({ code: "E113" });
  });

  it.each(["", "   ", "a b", "sk-\n5", "schlüssel", "x".repeat(1001)])(
    "refuses %j as a key without quoting it",
    async (key) => {
      const home = await temporaryDir();
      const error = await saveUserKey(home, "openai", key).catch((caught: unknown) => caught);
      expect(error).toMatchObject({ code: "E112" });
      if (key.trim().length > 3) expect(String(error)).not.toContain(key);
    },
  );

  it("leaves a file alone that it can't understand", async () => {
    const home = await temporaryDir();
    await writeFile(join(home, "config.json"), '{"keyz":1}', { mode: 0o600 });
    await expect(saveUserKey(home, "openai", "sk-6")).rejects.toMatchObject({ code: "E112" });
    expect(await readFile(join(home, "config.json"), "utf8")).toBe('{"keyz":1}');
  });

  it("says where the home folder can't be made", async () => {
    const dir = await temporaryDir({ file: "" });
    await expect(saveUserKey(join(dir, "file", "home"), "openai", "sk-7")).rejects.toMatchObject({
      code: "E123",
    });
  });

  it("loses nothing where many save at once", async () => {
    const home = await temporaryDir();
    await mkdir(home, { recursive: true });
    const saves = Array.from({ length: 20 }, (_, n) =>
      saveUserKey(home, n % 2 === 0 ? "anthropic" : "openai", `sk-${n}`),
    );
    await Promise.all(saves);
    const { keys } = await loadUserConfig(home);
    expect(keys?.anthropic).toMatch(/^sk-\d*[02468]$/);
    expect(keys?.openai).toMatch(/^sk-\d*[13579]$/);
  });

  it("waits for whoever holds the lock", async () => {
    const home = await temporaryDir();
    const held = acquireLock(join(home, "locks", "config"), { now: () => new Date() });
    let saved = false;
    const saving = saveUserKey(home, "openai", "sk-8").then(() => {
      saved = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 80));
    expect(saved).toBe(false);
    held.release();
    await saving;
    expect((await loadUserConfig(home)).keys?.openai).toBe("sk-8");
  });
});

describe("keyStatus", () => {
  it("names the source and never the key; the environment wins", () => {
    const config = { keys: { anthropic: "sk-a", openai: "sk-b" } };
    expect(keyStatus({}, {})).toEqual([
      { provider: "anthropic", source: null },
      { provider: "openai", source: null },
    ]);
    const status = keyStatus({ ANTHROPIC_API_KEY: "sk-env", OPENAI_API_KEY: "  " }, config);
    expect(status).toEqual([
      { provider: "anthropic", source: "env ANTHROPIC_API_KEY" },
      { provider: "openai", source: "config.json" },
    ]);
    expect(JSON.stringify(status)).not.toContain("sk-");
  });
});
