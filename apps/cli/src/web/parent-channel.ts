import type { ErrorReport } from "@pm/core";
import { BACKGROUND_MARK } from "./web-environment.ts";
import type { WebRecord } from "./web-record.ts";

/** What a server in the background tells the process that started it; the login link goes this way and no other. */
export type StartMessage =
  | { readonly kind: "ready"; readonly record: WebRecord; readonly loginUrl: string | null }
  | { readonly kind: "failed"; readonly report: ErrorReport };

export interface ParentChannel {
  /** Says how the start went, and closes the channel. */
  tell(message: StartMessage): Promise<void>;
}

/** @returns null where this process was not started by `--background`. */
export function parentChannel(env: Readonly<Record<string, string | undefined>>): ParentChannel | null {
  if (env[BACKGROUND_MARK] !== "1" || process.send === undefined) return null;
  return {
    tell: (message) =>
      new Promise((resolve) => {
        // A parent that is gone can't be told, and the server is there all the same.
        if (!process.connected) return resolve();
        process.send?.(message, undefined, undefined, () => {
          if (process.connected) process.disconnect();
          resolve();
        });
      }),
  };
}
