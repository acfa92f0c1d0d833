/**
 * What the demo and the tests need from the system beside Node: present, or installed where that is possible without
 * asking, or an error with the exact command to type. Never a silent skip.
 */
import { findChromium } from "./lib/chromium.mjs";
import { cleanEnvironment, runQuiet } from "./lib/run.mjs";

const INSTALLERS = [
  { tool: "apt-get", command: (name) => `apt-get install -y --no-install-recommends ${name}` },
  { tool: "dnf", command: (name) => `dnf install -y ${name}` },
  { tool: "pacman", command: (name) => `pacman -S --noconfirm ${name}` },
  { tool: "apk", command: (name) => `apk add ${name}` },
  { tool: "zypper", command: (name) => `zypper install -y ${name}` },
  { tool: "brew", command: (name) => `brew install ${name}` },
];

const present = (tool) => runQuiet(tool, ["--version"]).code !== null;
const isRoot = () => process.getuid?.() === 0;

function commandToType(name) {
  const installer = INSTALLERS.find(({ tool }) => present(tool)) ?? INSTALLERS[0];
  const command = installer.command(name);
  return isRoot() || installer.tool === "brew" ? command : `sudo ${command}`;
}

/** @returns whether apt-get put the package there, without a question asked. */
function installWithApt(name) {
  const prefix = isRoot() ? [] : ["sudo", "-n"];
  const apt = (...args) => {
    const [command, ...rest] = [...prefix, "apt-get", "-q", "-y", ...args];
    return (
      runQuiet(command, rest, { env: cleanEnvironment({ DEBIAN_FRONTEND: "noninteractive" }) }).code === 0
    );
  };
  if (!present("apt-get")) return false;
  process.stdout.write(`Installing the system package ${name} …\n`);
  const install = () => apt("install", "--no-install-recommends", name);
  return install() || (apt("update") && install());
}

function requireGit() {
  const found = /git version (\d+)\.(\d+)/.exec(runQuiet("git", ["--version"]).output);
  if (found && Number(found[1]) * 1000 + Number(found[2]) >= 2030) return;
  if (!found && installWithApt("git")) return;
  throw new Error(`git 2.30 or newer is needed. Run: ${commandToType("git")}`);
}

function requireBubblewrap() {
  if (process.platform !== "linux") return;
  if (!present("bwrap") && !installWithApt("bubblewrap")) {
    throw new Error(`bubblewrap is needed for the sandbox. Run: ${commandToType("bubblewrap")}`);
  }
  const trial = runQuiet("bwrap", [
    ...["--unshare-user", "--unshare-pid", "--unshare-net", "--ro-bind", "/", "/"],
    ...["--dev", "/dev", "--proc", "/proc", "--", process.execPath, "--version"],
  ]);
  if (trial.code === 0) return;
  throw new Error(
    `bubblewrap is installed, but can't make a sandbox here: ${trial.output.trim()}\n` +
      "Where the kernel forbids user namespaces, run: " +
      "sudo sysctl -e -w kernel.unprivileged_userns_clone=1 kernel.apparmor_restrict_unprivileged_userns=0\n" +
      "In a container, start it with: --security-opt seccomp=unconfined --security-opt systempaths=unconfined",
  );
}

/** The tests of the REPL type into a real terminal. */
function requireTmux() {
  if (present("tmux") || installWithApt("tmux")) return;
  throw new Error(`tmux is needed for the tests. Run: ${commandToType("tmux")}`);
}

/** The tests of the web drive a real browser; any Chromium will do. */
function requireChromium() {
  if (findChromium() !== null) return;
  if (installWithApt("chromium") && findChromium() !== null) return;
  throw new Error(`A Chromium is needed for the tests. Run: ${commandToType("chromium")}`);
}

/**
 * @param {{ tests: boolean }} needs whether what only the tests use is needed, too
 * @throws Error with the command to run, where something is missing and can't be installed from here.
 */
export function ensureSystemDependencies({ tests }) {
  requireGit();
  requireBubblewrap();
  if (!tests) return;
  requireTmux();
  requireChromium();
}
