import { type UseQueryResult, useQueries } from "@tanstack/react-query";
import { useMemo } from "react";
import { paths } from "../api/paths.ts";
import { getJson } from "../api/request.ts";
import type { LogLines } from "../api/types.ts";

/** Lines that are fetched at once. */
export const WINDOW = 500;
/** More are not in view at a time, however small the letters. */
const WINDOWS = 6;

function combine(answers: UseQueryResult<LogLines>[]) {
  const lines = new Map<number, LogLines["lines"][number]>();
  for (const { data } of answers) for (const line of data?.lines ?? []) lines.set(line.n, line);
  return {
    total: Math.max(-1, ...answers.map(({ data }) => data?.total ?? -1)),
    error: answers.find(({ error }) => error !== null)?.error ?? null,
    lines,
  };
}

/**
 * The lines around what is seen, by their numbers; those on their way are not there yet.
 * @param from first window, from 0 @param to last window @param grows whether lines come after these
 */
export function useLines(taskId: string, log: string, from: number, to: number, grows: boolean) {
  const queries = useMemo(
    () =>
      Array.from({ length: Math.min(WINDOWS, to - from + 1) }, (_, index) => ({
        queryKey: ["lines", taskId, log, from + index],
        queryFn: ({ signal }: { signal: AbortSignal }) =>
          getJson<LogLines>(paths.lines(taskId, log, (from + index) * WINDOW + 1, WINDOW), signal),
        staleTime: grows ? 0 : Number.POSITIVE_INFINITY,
      })),
    [taskId, log, from, to, grows],
  );
  return useQueries({ queries, combine });
}
