import { access, constants } from "node:fs/promises";
import {
  type AcpAgent,
  KEY_VARIABLES,
  keyStatus,
  loadReplConfig,
  loadUserConfig,
  type OpenaiCompatible,
  pmHome,
  type UserConfig,
} from "@pm/core";
import { resolveClaudeCommand } from "@pm/providers";
import { checkAgent } from "./check-agent.ts";
import type { DoctorCheck } from "./doctor-check.ts";

type Env = Readonly<Record<string, string | undefined>>;

const DEFAULT_PROVIDER = "claude-code";

/** Claude Code: needed where the project uses it, worth knowing elsewhere. */
export async function checkClaudeCode(
  env: Env,
  project: string,
  whenMissing: (error: unknown) => DoctorCheck,
): Promise<DoctorCheck> {
  try {
    return await checkAgent(env, project);
  } catch (error) {
    const finding = whenMissing(error);
    const isChosen = (await chosenProvider(project)) === DEFAULT_PROVIDER;
    return isChosen ? finding : { ...finding, outcome: "warn" };
  }
}

/** The keys that are set, and the providers of the person's own. Asks no network: `pm keys check` does. */
export async function checkProviders(env: Env, project: string): Promise<readonly DoctorCheck[]> {
  // That it is not usable is a finding of the home folder's check.
  const config = await loadUserConfig(pmHome(env)).catch((): UserConfig => ({}));
  const chosen = await chosenProvider(project);
  const keys = keyStatus(env, config).map(({ provider: name, source }): DoctorCheck => {
    if (source !== null) return { name, outcome: "ok", detail: `key: ${source}`, fix: null };
    if (name !== chosen)
      return { name, outcome: "ok", detail: "no key is set, and none is needed here", fix: null };
    const fix = `Set ${KEY_VARIABLES[name]}, or run: pm keys set ${name}`;
    return { name, outcome: "fail", detail: "no key is set, and the project uses it", fix };
  });
  const own = Object.entries(config.providers ?? {}).flatMap(([name, provider]) =>
    provider !== undefined && "type" in provider
      ? [checkOwn(env, project, name, provider, name === chosen)]
      : [],
  );
  return [...keys, ...(await Promise.all(own))];
}

async function checkOwn(
  env: Env,
  project: string,
  name: string,
  provider: OpenaiCompatible | AcpAgent,
  isChosen: boolean,
): Promise<DoctorCheck> {
  const wrong = isChosen ? "fail" : "warn";
  if (provider.type === "openai") {
    const { base_url, key_env } = provider;
    if (key_env !== undefined && (env[key_env] ?? "").trim() === "") {
      const fix = `Set ${key_env}, or take key_env out of config.json`;
      return { name, outcome: wrong, detail: `${base_url}, but ${key_env} holds no key`, fix };
    }
    const key = key_env === undefined ? "no key" : `key: env ${key_env}`;
    return { name, outcome: "ok", detail: `${base_url}, ${key}`, fix: null };
  }
  const [command] = resolveClaudeCommand({
    env: { PATH: env.PATH },
    config: provider.command,
    projectDir: project,
  });
  const found = await access(command, constants.X_OK).then(
    () => command.includes("/"),
    () => false,
  );
  if (found && provider.endpoint === undefined) {
    const detail = `speaks ACP: ${command}, but no endpoint: it can reach no network from the sandbox`;
    return { name, outcome: "warn", detail, fix: `Set providers.${name}.endpoint in config.json` };
  }
  if (found) return { name, outcome: "ok", detail: `speaks ACP: ${command}`, fix: null };
  const fix = `Install it, or mend providers.${name}.command in config.json`;
  return { name, outcome: wrong, detail: `the executable ${command} was not found`, fix };
}

/** What is wrong with the file is a finding of the project's check. */
async function chosenProvider(project: string): Promise<string> {
  const { provider } = await loadReplConfig(project).catch(() => ({ provider: undefined }));
  return provider ?? DEFAULT_PROVIDER;
}
