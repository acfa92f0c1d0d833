import { loadReplConfig } from "@pm/core";
import { jsonText } from "../render/json-text.ts";
import { createPainter } from "../render/painter.ts";
import { tableText } from "../render/table-text.ts";
import { MODEL_COLUMNS, modelOrigin, modelRows } from "../setup/model-rows.ts";
import type { CommandRun } from "./command.ts";
import { projectPath } from "./project-path.ts";

const DEFAULT_PROVIDER = "claude-code";

export const run: CommandRun = async ({ io, style, services }, args) => {
  const chosen = await loadReplConfig(projectPath(io, args));
  const own = chosen.provider ?? DEFAULT_PROVIDER;
  const provider = args.value("provider") ?? own;
  // A model belongs to its provider.
  const current = provider === own ? (chosen.model ?? null) : null;
  const offer = await (await services.userSetup()).models(provider);
  if (style.json) {
    const { source, asOf: as_of, reason } = offer;
    const models = offer.models.map((model) => ({ ...model, current: model.id === current }));
    io.stdout.write(jsonText({ provider, current, source, as_of, reason, models }));
    return 0;
  }
  if (style.quiet) {
    io.stdout.write(offer.models.map(({ id }) => `${id}\n`).join(""));
    return 0;
  }
  const width = io.stdout.isTTY ? io.stdout.columns() : null;
  const head = MODEL_COLUMNS.map((name) => name.toUpperCase());
  const table = tableText([head, ...modelRows(offer, current)], 1, width);
  if (offer.models.length > 0) io.stdout.write(`${table}\n`);
  io.stdout.write(`${modelOrigin(offer)}\n`);
  const [first] = offer.models;
  if (first !== undefined) {
    const next = provider === own ? "" : ` --provider ${provider}`;
    io.stdout.write(
      `${createPainter(style.color.stdout).bold("Next")}  pm start${next} --model <name> "what to do"\n`,
    );
  }
  return 0;
};
