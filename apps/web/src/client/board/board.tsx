import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import "./board.css";
import { queries } from "../api/queries.ts";
import { setParameter, useSearch } from "../router/location.ts";
import { Page } from "../shell/page.tsx";
import { Empty } from "../ui/empty.tsx";
import { useMedia } from "../ui/media.ts";
import { ProblemCard } from "../ui/problem-card.tsx";
import { Segmented } from "../ui/segmented.tsx";
import { BoardColumn } from "./board-column.tsx";
import { FilterBar } from "./filter-bar.tsx";
import { BOARD_COLUMNS, readFilters } from "./filters.ts";
import { TaskTable } from "./task-table.tsx";

const VIEWS = [
  { value: "board", word: "Board" },
  { value: "list", word: "List" },
] as const;

/** All tasks of the namespace: by state, or as one list. What is filtered stands in the address. */
export default function Board() {
  const search = useSearch();
  const filters = useMemo(() => readFilters(search), [search]);
  const roomy = useMedia("(min-width: 1000px)");
  const view = filters.view ?? (roomy ? "board" : "list");
  const first = useInfiniteQuery(queries.tasks(filters.state));
  const empty = first.data?.pages[0]?.items.length === 0;
  return (
    <Page
      actions={
        <Segmented
          label="View"
          onPick={(value) => setParameter("view", value)}
          options={VIEWS}
          value={view}
        />
      }
      title="Tasks"
    >
      <FilterBar filters={filters} />
      {first.error ? <ProblemCard error={first.error} onRetry={() => void first.refetch()} /> : null}
      {empty && filters.state === null ? (
        <Empty commands={['pm start "Add a --version flag"']} title="No task yet">
          Submit one here, or in a terminal:
        </Empty>
      ) : view === "list" ? (
        <TaskTable filters={filters} />
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be scrollable by keys
        <section aria-label="Tasks by state" className="board" tabIndex={0}>
          {BOARD_COLUMNS.filter(({ states }) => filters.state === null || states.includes(filters.state)).map(
            (column) => (
              <BoardColumn column={column} filters={filters} key={column.word} />
            ),
          )}
        </section>
      )}
    </Page>
  );
}
