/** Which screen an address shows. Pure. */
export const TABS = ["overview", "logs", "changes", "evidence", "report"] as const;
export type Tab = (typeof TABS)[number];

export type Screen =
  | { readonly name: "inbox" | "tasks" | "groups" | "missing" }
  | { readonly name: "group"; readonly id: string }
  | { readonly name: "task"; readonly id: string; readonly tab: Tab; readonly log: string | null };

const part = (text: string): string | null => {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
};

export function matchRoute(pathname: string): Screen {
  const parts = pathname.split("/").filter((text) => text !== "");
  const [first, second, third, fourth, ...rest] = parts.map(part);
  const missing: Screen = { name: "missing" };
  if (rest.length > 0) return missing;
  if (first === undefined) return { name: "inbox" };
  if (first === "groups" && third === undefined)
    return second === undefined
      ? { name: "groups" }
      : second === null
        ? missing
        : { name: "group", id: second };
  if (first !== "tasks") return missing;
  if (second === undefined) return { name: "tasks" };
  if (second === null) return missing;
  const tab = TABS.find((name) => name === (third ?? "overview"));
  if (tab === undefined || (fourth !== undefined && tab !== "logs")) return missing;
  return { name: "task", id: second, tab, log: fourth ?? null };
}

export const groupPath = (id: string): string => `/groups/${encodeURIComponent(id)}`;
export const taskPath = (id: string, tab: Tab = "overview", log?: string): string =>
  `/tasks/${encodeURIComponent(id)}${tab === "overview" ? "" : `/${tab}`}${log === undefined ? "" : `/${log}`}`;
