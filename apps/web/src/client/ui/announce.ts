import { createStore } from "./store.ts";

/** What a screen reader is told politely: changes that happen without the person's doing. */
export const announcement = createStore("");
export const announce = (words: string): void => announcement.set(words);
