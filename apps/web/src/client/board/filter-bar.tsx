import { useInfiniteQuery } from "@tanstack/react-query";
import { useId } from "react";
import { queries } from "../api/queries.ts";
import { setParameter } from "../router/location.ts";
import { STATE_LOOK, STATES } from "../ui/states.ts";
import type { Filters } from "./filters.ts";

export function FilterBar({ filters }: { readonly filters: Filters }) {
  const listId = useId();
  const groups = useInfiniteQuery(queries.groups());
  return (
    <search className="filters">
      <input
        aria-label="Search tasks"
        className="input"
        data-search
        onChange={(event) => setParameter("q", event.target.value)}
        placeholder="Search"
        type="search"
        value={filters.text}
      />
      <select
        aria-label="State"
        className="input"
        onChange={(event) => setParameter("state", event.target.value)}
        value={filters.state ?? ""}
      >
        <option value="">Any state</option>
        {STATES.map((state) => (
          <option key={state} value={state}>
            {STATE_LOOK[state].word}
          </option>
        ))}
      </select>
      <input
        aria-label="Group"
        autoCapitalize="off"
        className="input"
        list={listId}
        onChange={(event) => setParameter("group", event.target.value)}
        placeholder="Any group"
        value={filters.group}
      />
      <datalist id={listId}>
        {groups.data?.pages.flatMap(({ items }) =>
          items.map(({ task_group_id: id }) => <option key={id} value={id} />),
        )}
      </datalist>
    </search>
  );
}
