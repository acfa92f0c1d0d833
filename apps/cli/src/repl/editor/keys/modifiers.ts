/** Modifiers as xterm and kitty count them, less one. */
export const SHIFT = 1;
export const ALT = 2;
export const CTRL = 4;
