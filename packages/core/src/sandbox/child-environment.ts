import type { ToolHomes } from "./tool-homes.ts";

const PASSED_ON = ["LANG", "LANGUAGE", "TZ", "USER", "LOGNAME"] as const;

export interface ChildEnvironmentInput {
  readonly userEnv: NodeJS.ProcessEnv;
  readonly path: string;
  readonly home: string;
  readonly tmp: string;
  readonly tools: ToolHomes;
  /** Further names of the user's environment to pass on. */
  readonly pass: readonly string[];
}

/** The allow-list (I1): everything a child is given of our environment is named here or in `tool-homes.ts`. */
export function childEnvironment(input: ChildEnvironmentInput): Record<string, string> {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(input.userEnv)) {
    if (value === undefined) continue;
    const passed = (PASSED_ON as readonly string[]).includes(name) || input.pass.includes(name);
    if (passed || /^LC_[A-Z]+$/.test(name)) env[name] = value;
  }
  return {
    ...env,
    ...input.tools.env,
    PATH: input.path,
    HOME: input.home,
    TMPDIR: input.tmp,
    // Without a terminal, and no test runner may sit and watch.
    TERM: "dumb",
    CI: "1",
  };
}
