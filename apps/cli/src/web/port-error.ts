import { RunnerError } from "@pm/core";
import { freePort } from "./free-port.ts";
import { portHolder } from "./port-holder.ts";
import { alreadyRunning, readAllServers } from "./web-registry.ts";

/**
 * @param asked what a server could not listen on
 * @returns what stood in the way in words: E480 with who has the port, E481 where that is a server of this namespace, E485 where
 *   it is not allowed; else `error` itself
 */
export async function portError(
  error: unknown,
  asked: { readonly home: string; readonly namespace: string; readonly port: number },
): Promise<unknown> {
  const { home, namespace, port } = asked;
  const found = listenError(error);
  if (found?.code === "EACCES") {
    const reason = port < 1024 ? "only an administrator may use ports below 1024" : found.message;
    return new RunnerError("E485", { namespace, port, reason, free: await freePort(port) }, error);
  }
  if (found?.code !== "EADDRINUSE") return error;
  const { live } = await readAllServers(home);
  const ours = live.find((record) => record.port === port);
  if (ours !== undefined && ours.namespace === namespace) return alreadyRunning(ours);
  const holder =
    ours === undefined
      ? await portHolder(port)
      : `the web server of namespace ${ours.namespace} (pid ${ours.pid})`;
  return new RunnerError("E480", { namespace, port, holder, free: await freePort(port) }, error);
}

function listenError(error: unknown): NodeJS.ErrnoException | null {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const { syscall } = cause as NodeJS.ErrnoException;
    if (syscall === "listen" || syscall === "bind") return cause;
  }
  return null;
}
