import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isRunnerError } from "../../src/errors/runner-error.ts";
import { chooseIsolation, createIsolationChooser } from "../../src/sandbox/choose-isolation.ts";
import { tryBubblewrap } from "../../src/sandbox/probe-bubblewrap.ts";
import { requireBubblewrap } from "./support.ts";

describe("choice of the isolation", () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), "pm-choose-"));
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));
  /** A bwrap that fails as the real one does where user namespaces are forbidden. */
  const brokenBwrap = () => {
    const path = join(dir, "bwrap");
    writeFileSync(path, "#!/bin/sh\necho 'bwrap: setting up uid map: Permission denied' >&2\nexit 1\n");
    chmodSync(path, 0o755);
    return path;
  };
  const codeOf = async (promise: Promise<unknown>) => {
    const error = await promise.then(
      () => null,
      (thrown: unknown) => thrown,
    );
    if (!isRunnerError(error)) throw new Error(`no RunnerError: ${String(error)}`);
    return { code: error.code, reason: String(error.data.reason), hint: error.hint };
  };

  it("is a sandbox where one works, asked for or not", async () => {
    await requireBubblewrap();
    expect((await chooseIsolation({ required: false })).level).toBe("sandbox");
    expect((await chooseIsolation({ required: true })).level).toBe("sandbox");
    expect((await chooseIsolation({ requested: "sandbox", required: true })).level).toBe("sandbox");
  });

  it("is processes where the person asks for them, and says what that means", async () => {
    const isolation = await chooseIsolation({ requested: "process", required: false });
    expect(isolation.level).toBe("process");
    expect(isolation.description).toContain("no sandbox");
  });

  it("is an error where a sandbox is required and processes are asked for", async () => {
    const { code, hint } = await codeOf(chooseIsolation({ requested: "process", required: true }));
    expect(code).toBe("E111");
    expect(hint).toContain("require_sandbox");
  });

  it("falls back to processes only where nobody asked for a sandbox", async () => {
    const choose = createIsolationChooser(() => tryBubblewrap(brokenBwrap()));
    expect((await choose({ required: false })).level).toBe("process");
    for (const choice of [{ required: true }, { requested: "sandbox", required: false }] as const) {
      const { code, reason, hint } = await codeOf(choose(choice));
      expect(code).toBe("E111");
      expect(reason).toContain("setting up uid map: Permission denied");
      expect(hint).toMatch(/sysctl|--security-opt/);
    }
  });

  it("names the command that installs bubblewrap where it is missing", async () => {
    const choose = createIsolationChooser(() => tryBubblewrap(null));
    const { reason, hint } = await codeOf(choose({ required: true }));
    expect(reason).toContain("not installed");
    expect(hint).toMatch(/install.*bubblewrap|add bubblewrap/);
  });

  it("finds out by running it, not by its presence, and takes one too old to forbid user namespaces", async () => {
    expect(await tryBubblewrap(join(dir, "absent"))).toMatchObject({ works: false });
    const old = join(dir, "old-bwrap");
    const real = await requireBubblewrap();
    writeFileSync(
      old,
      `#!/bin/sh\ncase "$*" in *--disable-userns*) echo "bwrap: Unknown option --disable-userns" >&2; exit 1;; esac\nexec ${real} "$@"\n`,
    );
    chmodSync(old, 0o755);
    expect(await tryBubblewrap(old)).toEqual({ works: true, bwrap: old, disableUserns: false });
  });
});
