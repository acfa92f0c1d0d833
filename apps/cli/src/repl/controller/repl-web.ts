import type { StartedWeb } from "../../web/start-in-background.ts";
import type { WebRecord } from "../../web/web-record.ts";

/** What the REPL asks of the web servers of its namespace. */
export interface ReplWeb {
  running(): Promise<readonly WebRecord[]>;
  /** Starts one in the background. @throws RunnerError E480–E482, E485 */
  start(options: { readonly worker: boolean }): Promise<StartedWeb>;
  /** Calls back with the address of one that runs, or null, whenever that changes. @returns stops. */
  watch(onChange: (url: string | null) => void): () => void;
}
