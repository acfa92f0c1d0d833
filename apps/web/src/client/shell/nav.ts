import { GroupsIcon, InboxIcon, TasksIcon } from "../ui/icons.tsx";

/** The places of the navigation, with the key after `g`. */
export const NAV = [
  { href: "/", word: "Inbox", Icon: InboxIcon, key: "i" },
  { href: "/tasks", word: "Tasks", Icon: TasksIcon, key: "t" },
  { href: "/groups", word: "Groups", Icon: GroupsIcon, key: "g" },
] as const;

/** @returns the attribute of a link: whether the page is there, or below it */
export const current = (href: string, pathname: string): { "aria-current"?: "page" } =>
  (href === "/" ? pathname === "/" : pathname.startsWith(href)) ? { "aria-current": "page" } : {};
