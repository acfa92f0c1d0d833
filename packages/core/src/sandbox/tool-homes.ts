import { join } from "node:path";
import { existingPath } from "../project/paths.ts";

interface ToolHome {
  /** Default place below the user's HOME. */
  readonly dir: string;
  /** The variable by which the tool finds it where HOME is another. */
  readonly env?: string;
  /** What of it may be seen; without it all. Never a file with credentials. */
  readonly parts?: readonly string[];
}

/** Tool chains that people keep in their HOME. A new one is one line here. */
const TOOL_HOMES: readonly ToolHome[] = [
  { dir: ".nvm", env: "NVM_DIR" },
  { dir: ".local/share/fnm", env: "FNM_DIR" },
  { dir: ".volta", env: "VOLTA_HOME" },
  { dir: ".asdf", env: "ASDF_DATA_DIR" },
  { dir: ".local/share/mise", env: "MISE_DATA_DIR" },
  { dir: ".bun", env: "BUN_INSTALL", parts: ["bin", "install/cache", "install/global/node_modules"] },
  { dir: ".deno", env: "DENO_INSTALL_ROOT", parts: ["bin"] },
  { dir: ".npm-global", parts: ["bin", "lib"] },
  { dir: ".local/share/pnpm" },
  { dir: ".local/share/claude/versions" },
  { dir: ".pyenv", env: "PYENV_ROOT" },
  { dir: ".local/lib" },
  { dir: ".local/bin" },
  { dir: ".local/pipx" },
  { dir: ".local/share/pipx" },
  { dir: ".local/share/uv/python" },
  { dir: ".local/share/uv/tools" },
  { dir: "miniconda3" },
  { dir: "anaconda3" },
  { dir: "miniforge3" },
  { dir: "mambaforge" },
  { dir: ".rbenv", env: "RBENV_ROOT" },
  { dir: ".rustup", env: "RUSTUP_HOME" },
  { dir: ".cargo", env: "CARGO_HOME", parts: ["bin", "registry", "git"] },
  { dir: "go", env: "GOPATH", parts: ["bin", "pkg"] },
  { dir: ".sdkman", env: "SDKMAN_DIR" },
  { dir: ".jdks" },
  { dir: ".gradle/caches", env: "GRADLE_RO_DEP_CACHE" },
  { dir: ".dotnet", env: "DOTNET_ROOT" },
  { dir: ".nuget/packages", env: "NUGET_PACKAGES" },
  { dir: ".opam", env: "OPAMROOT" },
  { dir: ".cache/ms-playwright", env: "PLAYWRIGHT_BROWSERS_PATH" },
  { dir: ".cache/puppeteer", env: "PUPPETEER_CACHE_DIR" },
  { dir: ".cache/Cypress", env: "CYPRESS_CACHE_FOLDER" },
];

/** Variables that only say where a tool is installed. */
const TOOL_VARIABLES = ["JAVA_HOME", "GOROOT", "ANDROID_HOME", "PYENV_VERSION"] as const;

export interface ToolHomes {
  /** Existing paths that must be readable for the tool chains to work. */
  readonly paths: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** Where this user's tool chains are, and what to tell a child whose HOME is another. */
export function findToolHomes(home: string, userEnv: NodeJS.ProcessEnv): ToolHomes {
  const paths: string[] = [];
  const env: Record<string, string> = {};
  for (const tool of TOOL_HOMES) {
    const dir = (tool.env && userEnv[tool.env]) || join(home, tool.dir);
    if (existingPath(dir) === null) continue;
    if (tool.env) env[tool.env] = dir;
    const parts = tool.parts?.map((part) => join(dir, part)) ?? [dir];
    paths.push(...parts.filter((part) => existingPath(part) !== null));
  }
  for (const name of TOOL_VARIABLES) {
    const value = userEnv[name];
    if (value === undefined || value === "") continue;
    env[name] = value;
    if (name !== "PYENV_VERSION" && existingPath(value) !== null) paths.push(value);
  }
  return { paths, env };
}
