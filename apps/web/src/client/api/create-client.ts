import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { loginNeeded } from "../login/login-needed.ts";
import { ApiError } from "./api-error.ts";

/** Events say when something changed; asking again by the clock is only for what slipped through. */
const STALE_AFTER_MS = 30_000;

export function createClient(): QueryClient {
  const onError = (error: unknown) => {
    if (error instanceof ApiError && error.status === 401) loginNeeded.set(true);
  };
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: STALE_AFTER_MS,
        // What the server said stands; what it could not say is asked again.
        retry: (failures, error) => error instanceof ApiError && error.status === 0 && failures < 2,
        networkMode: "always",
      },
      mutations: { retry: false, networkMode: "always" },
    },
  });
}
