import { existsSync } from "node:fs";
import { chmod, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { removeUserKey } from "../../src/project/remove-user-key.ts";
import { saveUserKey } from "../../src/project/save-user-key.ts";
import { loadUserConfig } from "../../src/project/user-config.ts";
import { temporaryDir } from "./temporary-dir.ts";

describe("removeUserKey", () => {
  it("takes out one key and leaves all else, the mode too (K1, K2)", async () => {
    const home = await temporaryDir();
    const config = { queue: { engine: "sqlite" }, keys: { anthropic: "sk-a", openai: "sk-o" } };
    await writeFile(join(home, "config.json"), JSON.stringify(config), { mode: 0o600 });
    expect(await removeUserKey(home, "openai")).toBe(true);
    expect(await loadUserConfig(home)).toEqual({ queue: { engine: "sqlite" }, keys: { anthropic: "sk-a" } });
    expect(await removeUserKey(home, "anthropic")).toBe(true);
    expect(await loadUserConfig(home)).toEqual({ queue: { engine: "sqlite" } });
    expect((await stat(join(home, "config.json"))).mode & 0o777).toBe(0o600);
  });

  it("says that there was none, and makes nothing", async () => {
    const home = join(await temporaryDir(), "home");
    expect(await removeUserKey(home, "openai")).toBe(false);
    expect(existsSync(home)).toBe(false);
    await saveUserKey(home, "anthropic", "sk-a");
    const before = await readFile(join(home, "config.json"), "utf8");
    expect(await removeUserKey(home, "openai")).toBe(false);
    expect(await readFile(join(home, "config.json"), "utf8")).toBe(before);
  });

  it("loses nothing where others save at once (K2)", async () => {
    const home = await temporaryDir();
    await saveUserKey(home, "openai", "sk-o");
    const removals = Array.from({ length: 4 }, () => removeUserKey(home, "openai"));
    const saved = saveUserKey(home, "anthropic", "sk-a");
    const found = await Promise.all(removals);
    await saved;
    expect(found.filter(Boolean)).toHaveLength(1);
    expect(await loadUserConfig(home)).toEqual({ keys: { anthropic: "sk-a" } });
  });

  it("refuses a file that others can read, and tells no key (K1, K3)", async () => {
    const home = await temporaryDir();
    await saveUserKey(home, "openai", "sk-canary-remove");
    await chmod(join(home, "config.json"), 0o644);
    const error = await removeUserKey(home, "openai").catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "E113" });
    expect(JSON.stringify([error, String(error)])).not.toContain("sk-canary-remove");
  });
});
