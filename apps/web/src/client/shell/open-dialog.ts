import { createStore } from "../ui/store.ts";

/** Which dialog of the shell is open: one at a time. */
export type ShellDialog = "palette" | "help" | "phone" | "composer" | "more" | null;
export const openDialog = createStore<ShellDialog>(null);
