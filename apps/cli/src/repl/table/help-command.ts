import type { ReplCommand } from "./repl-command.ts";
import { usage } from "./usage.ts";

export const help: ReplCommand["run"] = async (context) => {
  const view = context.view();
  const usable = context.commands.filter((command) => view.keySetup === null || command.inKeySetup);
  context.print({
    kind: "table",
    rows: [["Command", "What it does"], ...usable.map((command) => [usage(command), command.summary])],
  });
  const model = view.model === null ? "" : ` (${view.model})`;
  const info = [
    `Session    ${view.sessionId ?? "none yet: /start, or just type what is to be done"}`,
    `Project    ${view.project}${view.branch === null ? "" : ` on ${view.branch}`}`,
    `Provider   ${view.provider}${model}`,
    `Namespace  ${view.namespace}: ${view.running.length} running, ${view.waiting.length} waiting`,
    `Web UI     ${view.webUrl ?? "none; start one: /web"}`,
    `Worker     ${view.worker ? "on" : "none here; tasks wait for another one"}`,
  ];
  if (view.keySetup !== null) info.push("", `Key Setup Mode: ${view.keySetup}`);
  else info.push("", "Anything that does not begin with a slash is a task.");
  context.print({ kind: "text", lines: info });
};
