import { inNamespace } from "../../commands/in-namespace.ts";
import type { ReplCommand } from "./repl-command.ts";

export const web: ReplCommand["run"] = async (context) => {
  const { namespace } = context;
  const running = await context.web.running();
  if (running.length > 0) {
    const lines = running.map(({ url, project }) => `Web UI   ${url}  (for ${project})`);
    context.print({ kind: "text", lines });
    return;
  }
  // Two workers on one project would run twice as much at once, and Esc reaches only what runs here.
  const worker = !context.view().worker;
  const { record, loginUrl } = await context.web.start({ worker });
  const lines = [`Web UI   ${record.url}`];
  if (loginUrl !== null) lines.push(`Log in   ${loginUrl}`, "         The link works once, within 60 s.");
  lines.push(
    worker
      ? "It runs tasks of this project, also when this REPL is closed."
      : `Tasks run in this REPL while it is open; then they wait for a worker: ${inNamespace("pm worker", namespace)}`,
    `Stop it: ${inNamespace("pm web-stop", namespace)}`,
  );
  context.print({ kind: "text", lines });
};
