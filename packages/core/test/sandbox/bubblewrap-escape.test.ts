import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer as createHttpServer } from "node:http";
import { type AddressInfo, createServer, type Server } from "node:net";
import { homedir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Bench, createBench, processesWith, stderrOf, stdoutOf } from "./support.ts";

// Programs that mean harm, inside the sandbox.
describe("escape from the bubblewrap sandbox", () => {
  let bench: Bench;
  /** A host directory that is neither a temporary folder nor anybody's home. */
  let elsewhere: string;
  const open: Server[] = [];
  beforeEach(async () => {
    elsewhere = mkdtempSync(join(process.cwd(), "node_modules", ".pm-sandbox-"));
    mkdirSync(join(elsewhere, "pm-home"));
    mkdirSync(join(elsewhere, "hide-me"));
    writeFileSync(join(elsewhere, "pm-home/config.json"), "pm-home-secret");
    writeFileSync(join(elsewhere, "hide-me/key"), "hidden-secret");
    bench = await createBench("sandbox", {
      userEnv: { PATH: process.env.PATH, PM_HOME: join(elsewhere, "pm-home") },
      hide: [join(elsewhere, "hide-me")],
    });
  });
  afterEach(async () => {
    for (const server of open.splice(0)) await new Promise((resolve) => server.close(resolve));
    bench.remove();
    rmSync(elsewhere, { recursive: true, force: true });
  });
  const listening = async (server: Server, where: number | string): Promise<Server> => {
    open.push(server);
    await new Promise<void>((resolve) => server.listen(where as number, resolve));
    return server;
  };

  it("can't write outside the workspace", async () => {
    const outside = ["/usr", "/etc", "/", "/var", "/opt", "/sys"];
    const script = `for d in ${outside.join(" ")}; do
      (echo x > "$d/pm-escape" || echo x > "$d") 2>/dev/null && echo "wrote $d"; done
      # Where this repository lies below /tmp, this path is in the sandbox's own /tmp: only the host can tell.
      mkdir -p ${elsewhere} && echo x > ${elsewhere}/pm-escape; echo checked`;
    expect(stdoutOf(await bench.sh(script))).toBe("checked\n");
    expect(existsSync(join(elsewhere, "pm-escape"))).toBe(false);
  });

  it("has no writable mount but the workspace, its HOME, and what is private to it", async () => {
    const mounts = stdoutOf(await bench.sh("cat /proc/self/mounts"))
      .trim()
      .split("\n");
    // The last mount on a path is the one that counts.
    const options = new Map(
      mounts.map((line) => line.split(" ")).map(([, path, type, flags]) => [path, { type, flags }]),
    );
    const writable = [...options].filter(([, mount]) => mount.flags?.split(",")[0] === "rw");
    const host = writable.filter(
      ([path, mount]) => mount.type !== "tmpfs" && mount.type !== "devpts" && path !== "/proc",
    );
    const shown = host.map(([path]) => path).filter((path) => path === undefined || !/^\/dev\//.test(path));
    expect(shown.sort()).toEqual(["/tmp/home", bench.place.mountAt].sort());
  });

  it("can't change a setting of the machine, though root's child owns them", async () => {
    // Opened for appending, never written: a failure of this test must not cost the machine its settings.
    const script = `find /proc/sys /sys -type f -writable 2>/dev/null
      (: >> /proc/sys/kernel/core_pattern) 2>/dev/null && echo core_pattern
      (: >> /proc/sysrq-trigger) 2>/dev/null && echo sysrq
      chmod 666 /dev/null 2>/dev/null && echo "changed a device node"
      echo checked`;
    expect(stdoutOf(await bench.sh(script))).toBe("checked\n");
  });

  it("what it writes to temporary folders and to the project's other folders stays inside", async () => {
    writeFileSync(join(bench.root, "host-file"), "host");
    const script = `cat ${bench.root}/host-file; echo x > /tmp/pm-escape-1; echo x > /dev/shm/pm-escape-2;
      echo x > ${bench.root}/pm-escape-3; ls ${bench.root}`;
    const result = await bench.sh(script);
    expect(stdoutOf(result)).not.toContain("host");
    expect(
      ["/tmp/pm-escape-1", "/dev/shm/pm-escape-2", join(bench.root, "pm-escape-3")].filter(existsSync),
    ).toEqual([]);
  });

  it("can't change the workspace of a read-only place", async () => {
    writeFileSync(join(bench.place.dir, "file"), "as it was");
    const result = await bench.sh("echo x > file; echo x > new; rm -f file; chmod 777 file", {
      place: { access: "read" },
    });
    expect(result.exitCode).not.toBe(0);
    expect(readdirSync(bench.place.dir)).toEqual(["file"]);
    expect(readFileSync(join(bench.place.dir, "file"), "utf8")).toBe("as it was");
  });

  it("can't mount, unmount or remount, nor with capabilities in a namespace of its own", async () => {
    const attempts = [
      "mount -o remount,rw /",
      "umount /tmp",
      `umount -l ${bench.place.mountAt}`,
      "mount --bind / /tmp",
      "chroot /",
      "mknod /tmp/disk b 254 0",
    ];
    const script = `
      try() { "$@" 2>/dev/null && echo "done: $*"; }
      ${attempts.map((attempt) => `try ${attempt}`).join("\n")}
      unshare -Urm sh -c '
        mount -o remount,rw / 2>/dev/null && echo "remounted"
        mount -o remount,bind,rw / 2>/dev/null && echo "remounted bind"
        umount /tmp 2>/dev/null && echo "unmounted"
        umount -l ${bench.place.mountAt} 2>/dev/null && echo "unmounted project"
        touch ${elsewhere}/pm-escape 2>/dev/null
        ls ${bench.root}/host-only 2>/dev/null && echo "saw"
      ' 2>/dev/null
      unshare -Ur true 2>/dev/null && echo "own user namespace"
      unshare -Urpfm mount -t proc proc /proc 2>/dev/null && echo "mounted proc"
      unshare -Urnm mount -t sysfs sys /mnt 2>/dev/null && echo "mounted sysfs"
      unshare -UrmC mount -t cgroup2 cgroup /mnt 2>/dev/null && echo "mounted cgroups"
      echo checked`;
    mkdirSync(join(bench.root, "host-only"));
    expect(stdoutOf(await bench.sh(script))).toBe("checked\n");
    expect(existsSync(join(elsewhere, "pm-escape"))).toBe(false);
  });

  it("has no capability and no way to gain one", async () => {
    const status = stdoutOf(await bench.sh("cat /proc/self/status"));
    expect(status).toMatch(/^CapEff:\t0+$/m);
    expect(status).toMatch(/^CapBnd:\t0+$/m);
    expect(status).toMatch(/^NoNewPrivs:\t1$/m);
    expect(stdoutOf(await bench.sh("id -u"))).toBe("1000\n");
  });

  it("can't read the user's HOME, pm's home, the real project's .pm, nor what the caller hides", async () => {
    for (const dir of [".ssh", ".claude", ".aws", ".pm-orchestrator-runner", ".config/gh"]) {
      mkdirSync(join(bench.root, "user-home", dir), { recursive: true });
      writeFileSync(join(bench.root, "user-home", dir, "secret"), "home-secret");
    }
    mkdirSync(join(bench.place.mountAt, ".pm"));
    writeFileSync(join(bench.place.mountAt, ".pm/journal.jsonl"), "journal-secret");
    const roots = [bench.root, elsewhere, homedir(), "/root", "/home"].join(" ");
    const result = await bench.sh(
      `grep -rsla secret ${join(bench.root, "user-home")} ${bench.root} ${elsewhere}; cat ${bench.place.mountAt}/.pm/journal.jsonl;
       find ${roots} -name .ssh -o -name .claude -o -name .npmrc -o -name 'credentials*' 2>/dev/null`,
    );
    expect(stdoutOf(result)).toBe("");
  });

  it("shows of the user's real HOME nothing but tool chains", async () => {
    const seen = stdoutOf(await bench.sh(`ls -A ${homedir()}`)).split("\n");
    for (const name of [
      ".npmrc",
      ".gitconfig",
      ".bashrc",
      ".profile",
      ".config",
      ".claude",
      ".ssh",
      ".npm",
    ]) {
      expect(seen).not.toContain(name);
    }
  });

  it("can't read what only root may read, also when pm runs as root", async () => {
    const result = await bench.sh(
      "cat /etc/shadow /etc/gshadow /proc/kcore; ls /etc/ssl/private; ls -A /run",
    );
    expect(stdoutOf(result)).toBe("");
  });

  it("sees and signals only its own processes", async () => {
    const script = `kill -0 ${process.pid} 2>/dev/null && echo "signalled"; kill -9 -1; ls /proc | grep -c '^[0-9]*$'`;
    const count = Number(stdoutOf(await bench.sh(script)));
    expect(count).toBeLessThan(8);
  });

  it("can't kill the init that its end depends on", async () => {
    const result = await bench.sh("kill -9 1; kill -TERM 1; kill -STOP 1; sleep 0.1; exit 5");
    expect(result).toMatchObject({ exitCode: 5, termination: "exited", survivors: 0 });
  });

  it("reaches no server of this machine: TCP, abstract socket, or a socket file that the read-only root shows", async () => {
    const greet = () => createServer((socket) => socket.end("host-server"));
    const tcp = (await listening(greet(), 0)).address() as AddressInfo;
    await listening(greet(), join(elsewhere, "daemon.sock"));
    const targets = [{ port: tcp.port, host: "127.0.0.1" }, { path: join(elsewhere, "daemon.sock") }];
    if (process.platform === "linux") {
      const name = `\0pm-abstract-${process.pid}`;
      await listening(greet(), name);
      targets.push({ path: name });
    }
    const script = `for (const t of ${JSON.stringify(targets)}) require("net").connect(t)
      .on("data", (d) => console.log("reached", t, String(d))).on("error", (e) => console.log(e.code));`;
    const result = await bench.run([process.execPath, "-e", script]);
    expect(stderrOf(result)).toBe("");
    expect(stdoutOf(result).trim().split("\n")).toHaveLength(targets.length);
    expect(stdoutOf(result)).not.toContain("reached");
  });

  it("reaches the endpoint that it is given, and still nothing else", async () => {
    const socketPath = join(bench.root, "endpoint.sock");
    const body = "x".repeat(3_000_000);
    const api = createHttpServer((request, response) => {
      request.resume().on("end", () => response.end(`${request.url}:${body}`));
    });
    await listening(api, socketPath);
    const other = (
      await listening(
        createServer((socket) => socket.end("host")),
        0,
      )
    ).address() as AddressInfo;
    const script = `const ask = async () => {
        const reply = await fetch(process.env.API_URL + "/v1", { method: "POST", body: "y".repeat(2000000) });
        return (await reply.text()).length;
      };
      Promise.all([ask(), ask(), ask()]).then((sizes) => console.log(...sizes));
      require("net").connect(${other.port}, "127.0.0.1").on("error", (e) => console.log(e.code));`;
    const result = await bench.run([process.execPath, "-e", script], {
      endpoint: { socketPath, env: (url) => ({ API_URL: url }) },
    });
    const size = String(body.length + "/v1:".length);
    expect(stdoutOf(result).trim().split("\n").sort()).toEqual(
      [`${size} ${size} ${size}`, "ECONNREFUSED"].sort(),
    );
    expect(result).toMatchObject({ exitCode: 0, survivors: 0 });
  });

  it("leaves nothing beside the child's HOME, whatever rights the child took from it", async () => {
    mkdirSync(join(bench.place.mountAt, "node_modules"));
    const before = readdirSync(bench.root).sort();
    await bench.sh(
      "mkdir -p node_modules/.cache/deep; touch node_modules/.cache/deep/x; chmod 000 node_modules/.cache",
      {
        place: { dependencies: ["node_modules"] },
      },
    );
    expect(readdirSync(bench.root).sort()).toEqual(before);
  });

  it("keeps the environment of the run out of the machine's process list", async () => {
    const secret = "in-no-process-list";
    let seen: number[] = [];
    const result = await bench.sh("echo up; sleep 0.2", {
      env: { API_KEY: secret },
      onStdout: () => {
        seen = processesWith(secret);
      },
    });
    expect(stdoutOf(result)).toBe("up\n");
    expect(seen).toEqual([]);
  });
});
