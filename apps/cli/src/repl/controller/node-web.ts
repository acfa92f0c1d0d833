/**
 * The web servers of a namespace as its REPL sees them. Owns a timer while somebody watches.
 *
 * Invariants:
 * N1 looking costs a stat of one file, and a signal 0 for each server that it names; the file is read where it has changed;
 * N2 a server that died without a word is no longer shown after two looks.
 */
import { stat } from "node:fs/promises";
import { pmHome } from "@pm/core";
import { defaultPort } from "../../web/default-port.ts";
import { startInBackground } from "../../web/start-in-background.ts";
import { webFiles } from "../../web/web-files.ts";
import type { WebRecord } from "../../web/web-record.ts";
import { readServers } from "../../web/web-registry.ts";
import { requestWords } from "../../web/web-request.ts";
import type { ReplWeb } from "./repl-web.ts";

const LOOK_MS = 2_000;

export function createNodeWeb(
  env: Readonly<Record<string, string | undefined>>,
  { project, namespace }: { readonly project: string; readonly namespace: string },
): ReplWeb {
  const home = pmHome(env);
  let lookNow = () => {};
  const running = async () => (await readServers(home, namespace)).live;

  function watch(onChange: (url: string | null) => void): () => void {
    let stamp = "";
    let known: readonly WebRecord[] = [];
    let told: string | null = null;
    let looking = false;

    async function look(): Promise<void> {
      const now = await stampOf(webFiles(home, namespace).record);
      if (now !== stamp || !known.every(isThere)) {
        known = now === "" ? [] : await running();
        stamp = now;
      }
      const url = known[0]?.url ?? null;
      if (url !== told) onChange(url);
      told = url;
    }

    const tick = () => {
      if (looking) return;
      looking = true;
      // What can't be read now is looked at again; the status line is no place for it.
      look()
        .catch(() => {})
        .finally(() => {
          looking = false;
        });
    };
    lookNow = tick;
    tick();
    const timer = setInterval(tick, LOOK_MS);
    timer.unref();
    return () => clearInterval(timer);
  }

  return {
    running,
    async start({ worker }) {
      const request = {
        project,
        port: defaultPort(namespace),
        auth: "local",
        publicHosts: [],
        worker,
      } as const;
      const started = await startInBackground({
        home,
        namespace,
        project,
        env,
        options: requestWords(request),
      });
      lookNow();
      return started;
    },
    watch,
  };
}

/** @returns another text for another content; nothing where there is no file. */
async function stampOf(path: string): Promise<string> {
  try {
    const { ino, mtimeMs, size } = await stat(path);
    return `${ino} ${mtimeMs} ${size}`;
  } catch {
    return "";
  }
}

function isThere({ pid }: WebRecord): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
