import { basename } from "node:path";
import { fit, widthOf } from "../../render/fit.ts";
import type { ReplView } from "../controller/repl-controller.ts";

const REPLAY = "replay:";

/** @returns where one is, in at most `width` columns: what matters least is left out first. */
export function statusLine(view: ReplView, width: number): string {
  const place = basename(view.project) || view.project;
  const provider = view.provider.startsWith(REPLAY)
    ? `${REPLAY}${basename(view.provider.slice(REPLAY.length))}`
    : view.provider;
  const queued = view.waiting.length + view.running.length;
  const namespace = view.namespace === "default" ? [] : [view.namespace];
  const worker = view.worker || view.keySetup !== null ? [] : ["no worker"];
  const web = view.webUrl === null ? [] : [view.webUrl];
  const short = web.map((url) => url.replace("http://localhost", "web "));
  const full = (at: string, by: string, session: string, rest: readonly string[]) =>
    [at, by, ...namespace, session, `queue ${queued}`, ...worker, ...rest]
      .filter((part) => part !== "")
      .join(" · ");
  const at = view.branch === null ? place : `${place}@${view.branch}`;
  const by = view.model === null ? provider : `${provider}/${view.model}`;
  const session = view.sessionId ?? "no session";
  const shortened = view.sessionId === null ? session : `…${view.sessionId.slice(-6)}`;
  const offers = [
    full(at, by, session, [...web, "? help"]),
    full(at, by, shortened, [...web, "? help"]),
    full(place, by, shortened, [...short, "? help"]),
    full(place, provider, shortened, short),
    full("", provider, shortened, []),
    full("", "", shortened, []),
  ];
  return offers.find((line) => widthOf(line) <= width) ?? fit(offers.at(-1) ?? "", width);
}
