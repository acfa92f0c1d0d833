import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { queries } from "../api/queries.ts";
import { type Filters, wanted } from "./filters.ts";

/** The tasks that are wanted: of the group where one is named, which the server lists whole, else of the namespace. */
export function useTasks(filters: Filters) {
  const ofGroup = filters.group !== "";
  const all = useInfiniteQuery({ ...queries.tasks(filters.state), enabled: !ofGroup });
  const group = useInfiniteQuery({ ...queries.groupTasks(filters.group), enabled: ofGroup, retry: false });
  const query = ofGroup ? group : all;
  const tasks = useMemo(() => {
    const items = query.data?.pages.flatMap((page) => page.items) ?? [];
    return items.filter((task) => wanted(task, filters));
  }, [query.data, filters]);
  return { query, tasks };
}
