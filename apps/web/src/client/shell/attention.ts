import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { queries } from "../api/queries.ts";

/** How many tasks wait for a person. */
export function useAttention(): number {
  const { data } = useQuery(queries.info());
  return data?.counts.AWAITING_APPROVAL ?? 0;
}

/** The picture of the tab says it, too. */
export function useFavicon(needed: number): void {
  useEffect(() => {
    const link = document.querySelector<HTMLLinkElement>("link[rel=icon]");
    link?.setAttribute("href", needed > 0 ? "/favicon-attention.svg" : "/favicon.svg");
  }, [needed]);
}
