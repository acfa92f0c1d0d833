type Env = Readonly<Record<string, string | undefined>>;

/** What marks the process that `--background` starts. */
export const BACKGROUND_MARK = "PM_WEB_BACKGROUND";

const NAMES: ReadonlySet<string> = new Set([
  ...["PATH", "HOME", "USER", "LOGNAME", "SHELL", "LANG", "TZ", "TMPDIR", "NO_COLOR"],
  ...["NODE_EXTRA_CA_CERTS", "SSL_CERT_FILE", "SSL_CERT_DIR"],
  ...["HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "ALL_PROXY"],
]);
/** Settings and keys of `pm` itself, its agents and its queue. */
const PREFIXES = ["PM_", "AWS_", "ANTHROPIC_", "CLAUDE_", "OPENAI_", "LC_", "XDG_"];

/**
 * @returns what a server in the background gets of this process's environment: what `pm`, its queue and its agents read, and
 *   nothing that happened to be set in a shell that may be long closed
 */
export function backgroundEnvironment(env: Env): Record<string, string> {
  const passed = Object.entries(env).filter(
    ([name, value]) =>
      value !== undefined &&
      (NAMES.has(name.toUpperCase()) || PREFIXES.some((prefix) => name.startsWith(prefix))),
  );
  return { ...(Object.fromEntries(passed) as Record<string, string>), [BACKGROUND_MARK]: "1" };
}
