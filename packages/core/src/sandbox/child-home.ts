import { SANDBOX_HOME } from "./sandbox-init.ts";
import type { IsolationLevel } from "./types.ts";

/** @returns the path under which a child sees the host folder that serves as its HOME. */
export function childHome(level: IsolationLevel, home: string): string {
  return level === "sandbox" ? SANDBOX_HOME : home;
}
