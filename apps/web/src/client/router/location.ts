/** Where the page is, over the History API: every view has an address of its own. */
import { useSyncExternalStore } from "react";

const CHANGED = "pm:location";

function subscribe(onChange: () => void): () => void {
  window.addEventListener("popstate", onChange);
  window.addEventListener("hashchange", onChange);
  window.addEventListener(CHANGED, onChange);
  return () => {
    window.removeEventListener("popstate", onChange);
    window.removeEventListener("hashchange", onChange);
    window.removeEventListener(CHANGED, onChange);
  };
}

/** @param to path with query and fragment, of this server */
export function navigate(to: string, { replace = false } = {}): void {
  const before = window.location.pathname;
  window.history[replace ? "replaceState" : "pushState"](null, "", to);
  window.dispatchEvent(new Event(CHANGED));
  if (window.location.pathname !== before && !replace) window.scrollTo(0, 0);
}

export const usePathname = () => useSyncExternalStore(subscribe, () => window.location.pathname);
export const useHash = () => useSyncExternalStore(subscribe, () => window.location.hash);
export const useSearch = () => useSyncExternalStore(subscribe, () => window.location.search);

/** Sets one query parameter, or takes it out, and leaves the rest. */
export function setParameter(name: string, value: string): void {
  const parameters = new URLSearchParams(window.location.search);
  if (value === "") parameters.delete(name);
  else parameters.set(name, value);
  const text = parameters.toString();
  navigate(`${window.location.pathname}${text === "" ? "" : `?${text}`}`, { replace: true });
}
