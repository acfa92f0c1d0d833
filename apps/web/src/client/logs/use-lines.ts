import { keepPreviousData, useQueries } from "@tanstack/react-query";
import { useMemo } from "react";
import { paths } from "../api/paths.ts";
import { getJson } from "../api/request.ts";
import type { LogLines } from "../api/types.ts";

/** Lines that are fetched at once. */
export const WINDOW = 500;

/** @returns the lines around what is seen; `line` gives one by its number, undefined while it is on its way */
export function useLines(taskId: string, log: string, first: number, last: number, grows: boolean) {
  const windows = useMemo(() => {
    const from = Math.floor(first / WINDOW);
    const to = Math.floor(Math.max(first, last) / WINDOW);
    return Array.from({ length: Math.min(6, to - from + 1) }, (_, index) => from + index);
  }, [first, last]);
  return useQueries({
    queries: windows.map((window) => ({
      queryKey: ["lines", taskId, log, window],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        getJson<LogLines>(paths.lines(taskId, log, window * WINDOW + 1, WINDOW), signal),
      staleTime: grows ? 0 : Number.POSITIVE_INFINITY,
      placeholderData: keepPreviousData,
    })),
    combine: (answers) => {
      const lines = new Map<number, LogLines["lines"][number]>();
      for (const { data, isPlaceholderData } of answers) {
        if (!isPlaceholderData) for (const line of data?.lines ?? []) lines.set(line.n, line);
      }
      return {
        total: Math.max(-1, ...answers.map(({ data }) => data?.total ?? -1)),
        error: answers.find(({ error }) => error !== null)?.error ?? null,
        lines,
      };
    },
  });
}
