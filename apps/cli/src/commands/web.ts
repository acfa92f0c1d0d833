import { pmHome } from "@pm/core";
import { INTERRUPTED, watchInterrupts } from "../interruption.ts";
import { errorReport } from "../render/error-text.ts";
import { jsonText } from "../render/json-text.ts";
import { onEnter } from "../web/on-enter.ts";
import { type ParentChannel, parentChannel } from "../web/parent-channel.ts";
import { runServer, type ServingWeb } from "../web/run-server.ts";
import { startInBackground } from "../web/start-in-background.ts";
import { type HeadingStyle, headingLines, loginLines } from "../web/web-heading.ts";
import type { WebRecord } from "../web/web-record.ts";
import { needsLogin, requestWords, type WebRequest, webRequest } from "../web/web-request.ts";
import type { CommandContext, CommandRun } from "./command.ts";
import { inNamespace } from "./in-namespace.ts";
import { projectPath } from "./project-path.ts";

export const run: CommandRun = async (context, args) => {
  const { io, services, namespace } = context;
  const channel = parentChannel(io.env);
  try {
    const { project, problems } = await services.validate(projectPath(io, args));
    if (problems[0] !== undefined) throw problems[0];
    const request = webRequest(args, { project, namespace });
    if (channel !== null) await serveForParent(context, request, channel);
    else if (args.has("background")) return await inBackground(context, request);
    else await serve(context, request);
    return 0;
  } catch (error) {
    await channel?.tell({ kind: "failed", report: errorReport(error) });
    throw error;
  }
};

/** Until Ctrl-C. */
async function serve(context: CommandContext, request: WebRequest): Promise<void> {
  const { io } = context;
  await runServer(context, {
    ...request,
    background: false,
    async onServing({ record, server, concurrency }) {
      const link = () => server.loginLink().url;
      const login = needsLogin(request);
      const notes = [`Ctrl-C stops it.${login ? " Enter prints a new link." : ""}`];
      print(
        context,
        request,
        { record, worker: workerText(concurrency, context.namespace), notes },
        login ? link() : null,
      );
      return onEnter(io, () => tellLink(context, request, link()));
    },
  });
}

/** What it prints goes into a file: the link is the parent's to show. */
async function serveForParent(
  context: CommandContext,
  request: WebRequest,
  channel: ParentChannel,
): Promise<void> {
  const { io } = context;
  await runServer(context, {
    ...request,
    background: true,
    async onServing({ record, server, concurrency }: ServingWeb) {
      const style = styleOf(context);
      const lines = headingLines(record, workerText(concurrency, context.namespace), style);
      io.stdout.write(`${io.now().toISOString()}  pid ${record.pid}\n${lines.join("\n")}\n`);
      const loginUrl = needsLogin(request) ? server.loginLink().url : null;
      await channel.tell({ kind: "ready", record, loginUrl });
      return () => {};
    },
  });
}

async function inBackground(context: CommandContext, request: WebRequest): Promise<number> {
  const { io, services, namespace } = context;
  const interruption = watchInterrupts(io, () => {});
  try {
    const { record, loginUrl, log } = await startInBackground({
      ...{ home: pmHome(io.env), namespace, project: request.project, env: io.env },
      options: requestWords(request),
      signal: interruption.signal,
    });
    const concurrency = request.worker ? await services.executors(request.project) : null;
    const notes = [
      `Runs in the background; its log: ${log}`,
      `Stop it: ${inNamespace("pm web-stop", namespace)}`,
    ];
    print(context, request, { record, worker: workerText(concurrency, context.namespace), notes }, loginUrl);
    return 0;
  } catch (error) {
    if (interruption.signal.aborted) return INTERRUPTED;
    throw error;
  } finally {
    interruption.done();
  }
}

interface Heading {
  readonly record: WebRecord;
  readonly worker: string;
  readonly notes: readonly string[];
}

function print(
  context: CommandContext,
  request: WebRequest,
  { record, worker, notes }: Heading,
  loginUrl: string | null,
): void {
  const { io, style } = context;
  const { url, port, pid, namespace, project } = record;
  if (style.json) {
    io.stdout.write(jsonText({ url, port, pid, namespace, project, login_url: loginUrl }));
  } else if (style.quiet) {
    io.stdout.write(`${loginUrl ?? url}\n`);
  } else {
    const login = loginUrl === null ? [] : loginLines(loginUrl, isPublic(request), styleOf(context));
    io.stdout.write(
      `${[...headingLines(record, worker, styleOf(context)), ...login, ...notes].join("\n")}\n`,
    );
  }
}

function tellLink(context: CommandContext, request: WebRequest, loginUrl: string): void {
  const { io, style } = context;
  if (style.json) return;
  io.stdout.write(`${loginLines(loginUrl, isPublic(request), styleOf(context)).join("\n")}\n`);
}

/** A link to `localhost` is of no use to a phone. */
const isPublic = ({ publicHosts }: WebRequest) => publicHosts.length > 0;

const styleOf = ({ io, style }: CommandContext): HeadingStyle => ({
  output: io.stdout,
  color: style.color.stdout,
});

function workerText(concurrency: number | null, namespace: string): string {
  if (concurrency === null) return `off; tasks wait for another one: ${inNamespace("pm worker", namespace)}`;
  return `on, at most ${concurrency === 1 ? "one task" : `${concurrency} tasks`} at once`;
}
