import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Bench, createBench, stdoutOf } from "./support.ts";

/** Writes files below `root`; those in a `bin` folder are programs that print their own path. */
function plant(root: string, files: readonly string[]): void {
  for (const file of files) {
    const path = join(root, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `#!/bin/sh\necho ran ${file}\n`);
    chmodSync(path, 0o755);
  }
}

describe("what of the user's HOME a sandboxed child can see", () => {
  let bench: Bench;
  let home: string;
  const userEnv: NodeJS.ProcessEnv = {};
  beforeEach(async () => {
    bench = await createBench("sandbox", { userEnv });
    home = join(bench.root, "user-home");
  });
  afterEach(() => {
    bench.remove();
    for (const name of Object.keys(userEnv)) delete userEnv[name];
  });
  const existing = async (paths: readonly string[]) => {
    const script = 'for path in "$@"; do [ -e "$path" ] && echo "$path"; done; exit 0';
    const seen = stdoutOf(
      await bench.run(["/bin/sh", "-c", script, "sh", ...paths.map((path) => join(home, path))]),
    );
    return seen
      .split("\n")
      .filter(Boolean)
      .map((path) => path.slice(home.length + 1));
  };

  it("tool chains, and never the credentials beside them", async () => {
    const tools = [
      ".nvm/versions/node/v20/bin/node",
      ".cargo/bin/cargo",
      ".cargo/registry/index/x",
      ".rustup/toolchains/stable/bin/rustc",
      ".pyenv/versions/3.12/bin/python",
      ".local/bin/uv",
      ".local/share/uv/python/cpython/bin/python",
      "go/pkg/mod/cache/x",
    ];
    const secrets = [
      ".cargo/credentials.toml",
      ".cargo/config.toml",
      ".npmrc",
      ".ssh/id_ed25519",
      ".aws/credentials",
      ".claude/.credentials.json",
      ".config/gh/hosts.yml",
      ".local/share/keyrings/login.keyring",
      ".local/share/uv/credentials/store",
      ".pm-orchestrator-runner/config.json",
      ".m2/settings.xml",
      ".gradle/gradle.properties",
      "go/src/other-project/key",
      "notes.txt",
    ];
    plant(home, [...tools, ...secrets]);
    expect((await existing([...tools, ...secrets])).sort()).toEqual([...tools].sort());
  });

  it("tools find their homes though HOME is another", async () => {
    plant(home, [".rustup/settings.toml", ".cargo/bin/cargo"]);
    const env = stdoutOf(await bench.sh("env"));
    expect(env).toContain(`RUSTUP_HOME=${home}/.rustup\n`);
    expect(env).toContain(`CARGO_HOME=${home}/.cargo\n`);
    expect(env).toContain("HOME=/tmp/home\n");
  });

  it("programs of PATH entries run, with the library folders of their prefix", async () => {
    plant(home, ["opt/acme/bin/acme", "opt/acme/share/data", "bin/own", "lib/own.so", "documents/letter"]);
    userEnv.PATH = `${home}/opt/acme/bin:${home}/bin:/usr/bin:/bin`;
    expect(stdoutOf(await bench.sh("acme; own"))).toBe("ran opt/acme/bin/acme\nran bin/own\n");
    expect(await existing(["opt/acme/share/data", "lib/own.so", "documents/letter"])).toEqual([
      "opt/acme/share/data",
      "lib/own.so",
    ]);
  });

  it("a PATH entry in HOME itself uncovers nothing of it", async () => {
    plant(home, ["script", ".npmrc"]);
    userEnv.PATH = `${home}:/usr/bin:/bin`;
    expect(await existing(["script", ".npmrc"])).toEqual([]);
  });

  it("a PATH entry whose prefix holds pm's home uncovers only itself", async () => {
    plant(home, ["tools/deep/acme/bin/acme", "tools/deep/acme/pm/config.json"]);
    userEnv.PATH = `${home}/tools/deep/acme/bin:/usr/bin:/bin`;
    userEnv.PM_HOME = join(home, "tools/deep/acme/pm");
    expect(stdoutOf(await bench.sh("acme"))).toBe("ran tools/deep/acme/bin/acme\n");
    expect(await existing(["tools/deep/acme/pm/config.json"])).toEqual([]);
  });

  it("a trojan on PATH in the project is not found", async () => {
    plant(bench.place.mountAt, ["bin/git"]);
    plant(bench.place.dir, ["bin/git"]);
    userEnv.PATH = `${bench.place.mountAt}/bin:.:bin:/usr/bin:/bin`;
    expect(stdoutOf(await bench.sh("command -v git"))).not.toContain(bench.root);
  });

  it("what the caller needs readable, by its own name and through symlinks, with what lies around a program", async () => {
    plant(home, [
      "agents/claude/lib/cli.js",
      "agents/claude/lib/helper.js",
      "agents/claude/token",
      ".secret",
    ]);
    symlinkSync("claude/lib/cli.js", join(home, "agents/link"));
    const readable = [join(home, "agents/link")];
    const result = await bench.run([join(home, "agents/link")], { place: { readable } });
    expect(stdoutOf(result)).toBe("ran agents/claude/lib/cli.js\n");
    const list = await bench.sh(`cd ${home}/agents && find . | sort; ls -A ${home}`, { place: { readable } });
    expect(stdoutOf(list).split("\n").filter(Boolean)).toEqual([
      ".",
      "./claude",
      "./claude/lib",
      "./claude/lib/cli.js",
      "./claude/lib/helper.js",
      "./link",
      "agents",
    ]);
  });

  it("a program in a node_modules folder comes with the packages beside it", async () => {
    plant(home, ["x/node_modules/@acme/agent/cli.js", "x/node_modules/dep/index.js", "x/secret"]);
    const program = join(home, "x/node_modules/@acme/agent/cli.js");
    const result = await bench.sh(`${program}; ls ${home}/x/node_modules ${home}/x`, {
      place: { readable: [program] },
    });
    expect(stdoutOf(result)).toBe(
      `ran x/node_modules/@acme/agent/cli.js\n${home}/x:\nnode_modules\n\n${home}/x/node_modules:\n@acme\ndep\n`,
    );
  });

  it("a readable file beside the project does not uncover the project", async () => {
    plant(bench.root, ["agent.sh", "project/.pm/journal.jsonl"]);
    const readable = [join(bench.root, "agent.sh"), bench.root, join(bench.root, "user-home")];
    plant(home, [".npmrc"]);
    const result = await bench.sh(`${bench.root}/agent.sh; ls -A ${bench.root} ${bench.place.mountAt}`, {
      place: { readable },
    });
    expect(stdoutOf(result)).toBe(
      `ran agent.sh\n${bench.root}:\nagent.sh\nproject\n\n${bench.place.mountAt}:\n`,
    );
    expect(await existing([".npmrc"])).toEqual([]);
  });

  it("Node itself runs, and knows who it is", async () => {
    const script =
      "const os = require('os'); console.log(os.userInfo().username, os.homedir(), process.cwd())";
    const result = await bench.run([process.execPath, "-e", script]);
    expect(stdoutOf(result)).toBe(`pm /tmp/home ${bench.place.mountAt}\n`);
  });
});
