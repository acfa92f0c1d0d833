import { useEffect } from "react";
import { navigate } from "../router/location.ts";
import { matchRoute, TABS, taskPath } from "../router/match-route.ts";
import { NAV } from "./nav.ts";
import { openDialog } from "./open-dialog.ts";

const SEQUENCE_MS = 1200;

const inField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  target.matches("input:not([type=radio]), textarea, select, [contenteditable]");

/** Moves the focus among what the page calls its rows. */
function moveRow(by: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>("[data-row]")];
  if (rows.length === 0) return;
  const at = rows.findIndex((row) => row === document.activeElement || row.contains(document.activeElement));
  const next =
    rows[at === -1 ? (by === 1 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, at + by))];
  const focusable = next?.matches("a, button, [tabindex]")
    ? next
    : next?.querySelector<HTMLElement>("a, button");
  focusable?.focus();
  focusable?.scrollIntoView({ block: "nearest" });
}

export function openComposer(): void {
  const onPage = document.querySelector<HTMLTextAreaElement>("[data-composer]");
  if (onPage) onPage.focus();
  else openDialog.set("composer");
}

function act(key: string): boolean {
  const screen = matchRoute(window.location.pathname);
  switch (key) {
    case "?":
      openDialog.set("help");
      return true;
    case "c":
      openComposer();
      return true;
    case "j":
    case "k":
      moveRow(key === "j" ? 1 : -1);
      return true;
    case "/": {
      const field = document.querySelector<HTMLInputElement>("[data-search]");
      field?.focus();
      return field !== null;
    }
    case "a":
      if (screen.name !== "task") return false;
      navigate(`${taskPath(screen.id, "evidence")}#approve`);
      return true;
    default: {
      const tab = TABS[Number(key) - 1];
      if (tab === undefined || screen.name !== "task") return false;
      navigate(taskPath(screen.id, tab));
      return true;
    }
  }
}

/** Single keys work wherever nothing is being typed; what a browser or a screen reader wants is left alone. */
export function useShortcuts(): void {
  useEffect(() => {
    let wentAt = 0;
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() === "k" && (event.metaKey || event.ctrlKey)) {
        event.preventDefault();
        openDialog.set(openDialog.get() === "palette" ? null : "palette");
        return;
      }
      const modified = event.metaKey || event.ctrlKey || event.altKey;
      if (modified || inField(event.target) || document.querySelector("dialog[open]")) return;
      const place = NAV.find(({ key }) => key === event.key);
      if (place && event.timeStamp - wentAt < SEQUENCE_MS) {
        wentAt = 0;
        event.preventDefault();
        navigate(place.href);
      } else if (event.key === "g") {
        wentAt = event.timeStamp;
      } else if (act(event.key)) {
        event.preventDefault();
      }
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
}
