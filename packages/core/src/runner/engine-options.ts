import type { Clock, Ids } from "../ports/clock.ts";
import type { Provider } from "../ports/provider.ts";

export interface EngineOptions {
  /** `~/.pm-orchestrator-runner` or what `PM_HOME` says. */
  readonly home: string;
  readonly version: string;
  /** Where sessions are looked for that the home folder does not know. Default: the current directory. */
  readonly cwd?: string;
  /**
   * Makes the provider of a name (`claude-code`, `replay:<file>`, …) for a project, whose own files must not decide
   * which program it runs. @throws RunnerError E507.
   */
  providers(name: string, context: { readonly projectDir: string }): Provider;
  /** Values that must never reach disk or screen, such as API keys. */
  readonly secrets?: readonly string[];
  readonly clock?: Clock;
  readonly ids?: Ids;
}
