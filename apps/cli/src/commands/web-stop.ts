import { pmHome, RunnerError } from "@pm/core";
import { integerOption } from "../command-line/integer-option.ts";
import type { ParsedArguments } from "../command-line/parsed-arguments.ts";
import { jsonText } from "../render/json-text.ts";
import { stopServer } from "../web/stop-server.ts";
import type { WebRecord } from "../web/web-record.ts";
import { forgetGone, readAllServers, readServers } from "../web/web-registry.ts";
import type { CommandContext, CommandRun } from "./command.ts";

export const run: CommandRun = async (context, args) => {
  const { io, style } = context;
  const home = pmHome(io.env);
  const { servers, where } = await asked(context, home, args);
  if (servers.length === 0) throw new RunnerError("E483", { where });
  const stopped: { pid: number; port: number; url: string; namespace: string; forced: boolean }[] = [];
  for (const record of servers) {
    const { pid, port, url, namespace } = record;
    const { forced } = await stopServer(home, record);
    stopped.push({ pid, port, url, namespace, forced });
    if (!style.json && !style.quiet) {
      const how = forced ? "Killed (it did not end in 10 s)" : "Stopped";
      io.stdout.write(`${how}: ${url} of namespace ${namespace} (pid ${pid})\n`);
    }
  }
  if (style.json) io.stdout.write(jsonText({ stopped }));
  return 0;
};

/** A port is one server's, whatever its namespace; without one it is about all servers of a namespace. */
async function asked(
  { namespace }: CommandContext,
  home: string,
  args: ParsedArguments,
): Promise<{ readonly servers: readonly WebRecord[]; readonly where: string }> {
  const port = integerOption("web-stop", args, "port", { min: 1, max: 65_535 });
  const everywhere = port !== undefined && args.value("namespace") === undefined;
  const known = everywhere ? await readAllServers(home) : await readServers(home, namespace);
  for (const { namespace: of } of known.gone) await forgetGone(home, of);
  const onPort = port === undefined ? "" : ` on port ${port}`;
  return {
    servers: known.live.filter((record) => port === undefined || record.port === port),
    where: everywhere ? `on port ${port}` : `in namespace ${namespace}${onPort}`,
  };
}
