import { createStore } from "../ui/store.ts";
import { readStored, writeStored } from "../ui/stored.ts";

export const THEMES = ["auto", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];
const NAME = "pm.theme";

/** `theme.js` has set it before the first paint; here it is read again and changed. */
export const theme = createStore<Theme>(THEMES.find((name) => name === readStored(NAME)) ?? "auto");

export function setTheme(next: Theme): void {
  if (next === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = next;
  writeStored(NAME, next === "auto" ? null : next);
  theme.set(next);
}
