import { useSyncExternalStore } from "react";

/** Whether a media query holds; for what must be another structure on a phone, not just another look. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (onChange) => {
      const list = window.matchMedia(query);
      list.addEventListener("change", onChange);
      return () => list.removeEventListener("change", onChange);
    },
    () => window.matchMedia(query).matches,
  );
}

export const useWide = (): boolean => useMedia("(min-width: 900px)");
