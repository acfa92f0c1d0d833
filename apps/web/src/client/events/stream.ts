/**
 * The browser's end of the event stream, over EventSource.
 *
 * Invariants:
 * C1 it comes back by itself, with the id of the last message it got, so that nothing is missed (S1);
 * C2 35 s without a message mean that the connection is dead, whatever the browser thinks: it is opened anew (S3);
 * C3 `live` is said only after a message came over the present connection;
 * C4 of the tabs that nobody sees one at most keeps its connection (for the count in its title): a browser gives a site six
 *    connections in all, and with as many streams open the next tab would wait for ever.
 */
import type { StreamEvent } from "../api/types.ts";

export type StreamState = "connecting" | "live" | "reconnecting" | "offline";

const SILENCE_MS = 35_000;
const LOOK_MS = 5_000;
const LONGEST_WAIT_MS = 15_000;
/** After so many failures in a row the pill says offline; it is still tried. */
const GIVEN_UP_AFTER = 4;
const TYPES: readonly StreamEvent["type"][] = ["task", "journal", "activity", "reset", "heartbeat"];

interface StreamOptions {
  onEvent(event: StreamEvent): void;
  onState(state: StreamState): void;
  /** It could not be opened: perhaps a login is needed. */
  onFailure(): void;
}

/** Who of the hidden tabs may stay connected; a browser without locks lets none. */
const HIDDEN_LOCK = "pm-hidden-stream";

/** @returns closes it */
export function openStream({ onEvent, onState, onFailure }: StreamOptions): () => void {
  let source: EventSource | undefined;
  let lastId = "";
  let heardAt = Date.now();
  let failures = 0;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let everLive = false;

  const down = () =>
    onState(
      !navigator.onLine || failures >= GIVEN_UP_AFTER ? "offline" : everLive ? "reconnecting" : "connecting",
    );

  const take = (message: MessageEvent<string>) => {
    heardAt = Date.now();
    failures = 0;
    everLive = true;
    if (message.lastEventId !== "") lastId = message.lastEventId;
    onState("live");
    onEvent(JSON.parse(message.data) as StreamEvent);
  };

  const open = () => {
    clearTimeout(retry);
    source?.close();
    heardAt = Date.now();
    source = new EventSource(
      lastId === "" ? "/api/events" : `/api/events?last_event_id=${encodeURIComponent(lastId)}`,
    );
    source.onmessage = take;
    for (const type of TYPES) source.addEventListener(type, take);
    source.onerror = () => {
      failures += 1;
      down();
      if (failures === 1 || failures % GIVEN_UP_AFTER === 0) onFailure();
      // The browser tries again by itself unless the answer was an error, as 401 or 503 are.
      source?.close();
      clearTimeout(retry);
      retry = setTimeout(open, Math.min(LONGEST_WAIT_MS, 500 * 2 ** Math.min(failures - 1, 5)));
    };
  };

  const watchdog = setInterval(() => {
    if (source?.readyState === EventSource.OPEN && Date.now() - heardAt > SILENCE_MS) {
      failures += 1;
      down();
      open();
    }
  }, LOOK_MS);
  let release: (() => void) | undefined;
  const rest = () => {
    source?.close();
    clearTimeout(retry);
  };
  const letGo = () => {
    release?.();
    release = undefined;
  };
  const hide = () => {
    if (release !== undefined) return;
    if (navigator.locks === undefined) return rest();
    void navigator.locks.request(HIDDEN_LOCK, { ifAvailable: true }, (lock) => {
      if (document.visibilityState !== "hidden") return;
      if (lock === null) return rest();
      return new Promise<void>((resolve) => {
        release = resolve;
      });
    });
  };
  const wake = () => {
    if (document.visibilityState === "hidden") return hide();
    letGo();
    const alive = source?.readyState === EventSource.OPEN && Date.now() - heardAt < SILENCE_MS / 2;
    if (!alive) open();
  };
  const lost = () => down();

  document.addEventListener("visibilitychange", wake);
  window.addEventListener("online", wake);
  window.addEventListener("offline", lost);
  open();
  if (document.visibilityState === "hidden") hide();
  return () => {
    letGo();
    clearTimeout(retry);
    clearInterval(watchdog);
    document.removeEventListener("visibilitychange", wake);
    window.removeEventListener("online", wake);
    window.removeEventListener("offline", lost);
    source?.close();
  };
}
