import { type AgentRunRequest, chooseIsolation, type Isolation } from "@pm/core";
import type { TestRun } from "./make-request.ts";

let isolation: Promise<Isolation> | undefined;

/** The real isolation of this machine, as the engine uses it; the project is seen under its own path. */
export function isolatedExec(run: TestRun, access: "read" | "write" = "write"): AgentRunRequest["exec"] {
  return async ({ readable, ...spec }) => {
    isolation ??= chooseIsolation({ required: false });
    const place = {
      dir: run.workspace,
      mountAt: run.workspace,
      access,
      dependencies: [],
      home: run.home,
      readable: readable ?? [],
    };
    return await (await isolation).run(place, spec);
  };
}
