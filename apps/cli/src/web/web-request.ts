import { RunnerError } from "@pm/core";
import { integerOption } from "../command-line/integer-option.ts";
import type { ParsedArguments } from "../command-line/parsed-arguments.ts";
import { defaultPort } from "./default-port.ts";

/** What a web server is started with, beside its namespace. */
export interface WebRequest {
  /** Real path of a valid project. */
  readonly project: string;
  /** 0: any free one. */
  readonly port: number;
  readonly auth: "local" | "always";
  readonly publicHosts: readonly string[];
  /** Whether it runs tasks of the project. */
  readonly worker: boolean;
}

const LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
const HOST = new RegExp(`^${LABEL}(?:\\.${LABEL})*(?::[1-9][0-9]{0,4})?$`, "i");

/** @throws RunnerError E115, E486 */
export function webRequest(
  args: ParsedArguments,
  { project, namespace }: { readonly project: string; readonly namespace: string },
): WebRequest {
  const port = integerOption("web", args, "port", { min: 0, max: 65_535 });
  const publicHosts = args.values("public-host");
  for (const value of publicHosts) if (!HOST.test(value)) throw new RunnerError("E486", { value });
  return {
    project,
    port: port ?? defaultPort(namespace),
    auth: args.value("auth") === "always" ? "always" : "local",
    publicHosts,
    worker: !args.has("no-worker"),
  };
}

/** @returns the same as words of a command line. */
export function requestWords({ port, auth, publicHosts, worker }: WebRequest): string[] {
  return [
    `--port=${port}`,
    `--auth=${auth}`,
    ...publicHosts.map((host) => `--public-host=${host}`),
    ...(worker ? [] : ["--no-worker"]),
  ];
}

/** Whether anybody who may use it has to log in. */
export function needsLogin({ auth, publicHosts }: Pick<WebRequest, "auth" | "publicHosts">): boolean {
  return auth === "always" || publicHosts.length > 0;
}
