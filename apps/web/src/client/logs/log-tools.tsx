import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { paths } from "../api/paths.ts";
import { getJson } from "../api/request.ts";
import type { LogSearch } from "../api/types.ts";
import { Button } from "../ui/button.tsx";
import { count, plural } from "../ui/format.ts";
import { ChevronIcon, DownloadIcon, FollowIcon, WrapIcon } from "../ui/icons.tsx";

const TYPED_MS = 250;

interface LogToolsProps {
  readonly taskId: string;
  readonly log: string;
  readonly total: number;
  readonly grows: boolean;
  readonly follow: boolean;
  readonly wrap: boolean;
  onFollow(follow: boolean): void;
  onWrap(wrap: boolean): void;
  /** What is searched for, in lower case, to be marked in the lines. */
  onQuery(query: string): void;
  onShow(line: number): void;
}

/** Search, which the server does over the whole log, and the other switches. */
export function LogTools(props: LogToolsProps) {
  const { taskId, log, total, grows, follow, wrap, onFollow, onWrap, onQuery, onShow } = props;
  const [typed, setTyped] = useState("");
  const [asked, setAsked] = useState("");
  const [at, setAt] = useState(-1);
  useEffect(() => {
    const timer = setTimeout(() => {
      setAsked(typed.trim());
      setAt(-1);
      onQuery(typed.trim().toLowerCase());
    }, TYPED_MS);
    return () => clearTimeout(timer);
  }, [typed, onQuery]);
  const found = useQuery({
    queryKey: ["search", taskId, log, asked],
    queryFn: ({ signal }) => getJson<LogSearch>(paths.search(taskId, log, asked), signal),
    enabled: asked !== "",
  });
  const hits = asked === "" ? [] : (found.data?.lines ?? []);
  const go = (by: 1 | -1) => {
    if (hits.length === 0) return;
    const next = at === -1 ? (by === 1 ? 0 : hits.length - 1) : (at + by + hits.length) % hits.length;
    setAt(next);
    const line = hits[next];
    if (line !== undefined) onShow(line);
  };
  const words = () => {
    if (asked === "") return plural(total, "line");
    if (found.isError) return "not searchable";
    if (!found.data) return "searching";
    if (hits.length === 0) return "not found";
    const all = `${count(hits.length)}${found.data.more ? "+" : ""}`;
    return at === -1 ? plural(hits.length, "line").replace(count(hits.length), all) : `${at + 1} of ${all}`;
  };
  return (
    <div className="log-tools">
      <search className="log-search">
        <input
          aria-label="Search this log"
          className="input"
          data-search
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter") go(event.shiftKey ? -1 : 1);
            if (event.key === "Escape") setTyped("");
          }}
          placeholder="Search"
          type="search"
          value={typed}
        />
        <span aria-live="polite" className="log-found muted small num">
          {words()}
        </span>
        {hits.length > 0 ? (
          <>
            <Button
              aria-label="Previous place"
              className="button-icon turn-up"
              look="quiet"
              onClick={() => go(-1)}
            >
              <ChevronIcon />
            </Button>
            <Button
              aria-label="Next place"
              className="button-icon turn-down"
              look="quiet"
              onClick={() => go(1)}
            >
              <ChevronIcon />
            </Button>
          </>
        ) : null}
      </search>
      {grows ? (
        <Button aria-pressed={follow} look="quiet" onClick={() => onFollow(!follow)}>
          <FollowIcon />
          Follow
        </Button>
      ) : null}
      <Button aria-pressed={wrap} look="quiet" onClick={() => onWrap(!wrap)}>
        <WrapIcon />
        Wrap
      </Button>
      <a className="button button-quiet" download href={paths.log(taskId, log)}>
        <DownloadIcon />
        Raw
      </a>
    </div>
  );
}
