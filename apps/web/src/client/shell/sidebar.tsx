import { useInfiniteQuery } from "@tanstack/react-query";
import { queries } from "../api/queries.ts";
import type { Info } from "../api/types.ts";
import { Link } from "../router/link.tsx";
import { usePathname } from "../router/location.ts";
import { groupPath } from "../router/match-route.ts";
import { KeyboardIcon, PhoneIcon, SearchIcon } from "../ui/icons.tsx";
import { current, NAV } from "./nav.ts";
import { NeedsYouCount } from "./needs-you-count.tsx";
import { openDialog } from "./open-dialog.ts";
import { StreamPill } from "./stream-pill.tsx";
import { ThemeSwitch } from "./theme-switch.tsx";

const SHOWN_GROUPS = 8;
const IS_MAC = /Mac|iP/.test(navigator.platform);

export function Sidebar({ info, needed }: { readonly info: Info | null; readonly needed: number }) {
  const pathname = usePathname();
  const groups = useInfiniteQuery(queries.groups());
  const recent = groups.data?.pages[0]?.items.slice(0, SHOWN_GROUPS) ?? [];
  return (
    <header className="sidebar">
      <Link className="brand" href="/">
        <img alt="" height="28" src="/favicon.svg" width="28" />
        <span className="brand-words">
          <strong className="ellipsis">{info?.project_name ?? "pm"}</strong>
          <span className="muted small ellipsis">{info ? `namespace ${info.namespace}` : " "}</span>
        </span>
      </Link>
      <button className="nav-link" onClick={() => openDialog.set("palette")} type="button">
        <SearchIcon />
        Find or do
        <kbd>{IS_MAC ? "⌘K" : "Ctrl K"}</kbd>
      </button>
      <nav aria-label="Screens" className="nav-groups">
        {NAV.map(({ href, word, Icon }) => (
          <Link className="nav-link" href={href} key={href} {...current(href, pathname)}>
            <Icon />
            {word}
            <NeedsYouCount href={href} needed={needed} />
          </Link>
        ))}
        {recent.length > 0 ? <p className="nav-head">Latest groups</p> : null}
        {recent.map(({ task_group_id: id }) => (
          <Link className="nav-link" href={groupPath(id)} key={id} {...current(groupPath(id), pathname)}>
            <span className="ellipsis">{id}</span>
          </Link>
        ))}
      </nav>
      <div className="sidebar-foot">
        <button className="nav-link" onClick={() => openDialog.set("phone")} type="button">
          <PhoneIcon />
          Open on your phone
        </button>
        <button className="nav-link" onClick={() => openDialog.set("help")} type="button">
          <KeyboardIcon />
          Shortcuts
          <kbd>?</kbd>
        </button>
        <div className="sidebar-status">
          <StreamPill />
          <ThemeSwitch />
        </div>
      </div>
    </header>
  );
}
