import { useInfiniteQuery } from "@tanstack/react-query";
import "./group.css";
import { queries } from "../api/queries.ts";
import { LoadMore } from "../board/load-more.tsx";
import { Link } from "../router/link.tsx";
import { groupPath } from "../router/match-route.ts";
import { Page } from "../shell/page.tsx";
import { Empty } from "../ui/empty.tsx";
import { ago } from "../ui/format.ts";
import { GroupsIcon } from "../ui/icons.tsx";
import { useNow } from "../ui/now.ts";
import { ProblemCard } from "../ui/problem-card.tsx";
import { Skeleton } from "../ui/skeleton.tsx";

export default function Groups() {
  const query = useInfiniteQuery(queries.groups());
  const now = useNow(30_000);
  const groups = query.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Page title="Groups">
      <p className="muted page-note">Tasks of a group run one at a time, in order, in one session.</p>
      {query.error ? <ProblemCard error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.isPending ? <Skeleton height={46} rows={6} /> : null}
      {query.data && groups.length === 0 ? (
        <Empty commands={['pm start "Add a --version flag"']} title="No group yet">
          The first task makes one.
        </Empty>
      ) : null}
      {groups.length > 0 ? (
        <ul className="card rows">
          {groups.map(({ task_group_id: id, created_at: at }) => (
            <li key={id}>
              <Link className="row" data-row href={groupPath(id)}>
                <GroupsIcon />
                <span className="row-main">
                  <span className="row-title ellipsis">{id}</span>
                </span>
                <time className="row-when" dateTime={at}>
                  {ago(at, now)}
                </time>
              </Link>
            </li>
          ))}
        </ul>
      ) : null}
      <LoadMore
        busy={query.isFetchingNextPage}
        has={query.hasNextPage}
        onMore={() => void query.fetchNextPage()}
      />
    </Page>
  );
}
