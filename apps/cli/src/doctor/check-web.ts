import { pmHome } from "@pm/core";
import { answersHealth } from "../web/answers-health.ts";
import { readServers } from "../web/web-registry.ts";
import type { DoctorCheck } from "./doctor-check.ts";

/** Whether the web servers of the namespace are what its state file says. None is as good as one. */
export async function checkWeb(
  env: Readonly<Record<string, string | undefined>>,
  namespace: string,
): Promise<DoctorCheck> {
  const name = "web";
  const { live, gone } = await readServers(pmHome(env), namespace);
  const fix = `Run: pm web-stop --namespace ${namespace}`;
  for (const record of live) {
    if (await answersHealth(record)) continue;
    return { name, outcome: "warn", detail: `pid ${record.pid} does not answer at ${record.url}`, fix };
  }
  if (live.length > 0) {
    const detail = live.map(({ url, pid }) => `${url} (pid ${pid})`).join(", ");
    return { name, outcome: "ok", detail, fix: null };
  }
  const [died] = gone;
  if (died === undefined) return { name, outcome: "ok", detail: "no web server runs (pm web)", fix: null };
  const detail = `the server at ${died.url} (pid ${died.pid}) ended without a word`;
  return { name, outcome: "warn", detail, fix };
}
