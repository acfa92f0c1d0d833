/**
 * Owns `models/<provider>.json` in pm's home: which models an API had, for a day.
 *
 * Invariants:
 * M1 a list is only given to whoever asks with the same address and the same key;
 * M2 no key is in the file, only a digest that a key went into;
 * M3 the file is replaced whole, with mode 0600; one that is damaged, from elsewhere or from the future is none.
 */
import { createHash } from "node:crypto";
import { mkdir, open } from "node:fs/promises";
import { join } from "node:path";
import { type ListedModel, replaceFile } from "@pm/core";
import * as z from "zod";
import type { ModelsEndpoint } from "./models-endpoint.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const MOST_BYTES = 1024 * 1024;

const cacheSchema = z.strictObject({
  version: z.literal(1),
  /** Of address and key. */
  of: z.string(),
  asked_at: z.iso.datetime(),
  models: z.array(z.strictObject({ id: z.string().min(1).max(300), note: z.string().nullable() })),
});

export interface CachedModels {
  readonly models: readonly ListedModel[];
  readonly askedAt: Date;
}

/** @returns null where nothing of the last day is kept */
export async function readModelsCache(
  home: string,
  endpoint: ModelsEndpoint,
  now: Date,
): Promise<CachedModels | null> {
  try {
    const file = await open(pathOf(home, endpoint), "r");
    try {
      if ((await file.stat()).size > MOST_BYTES) return null;
      const { of, asked_at, models } = cacheSchema.parse(JSON.parse(await file.readFile("utf8")));
      const age = now.getTime() - Date.parse(asked_at);
      return of === digestOf(endpoint) && age >= 0 && age < DAY_MS
        ? { models, askedAt: new Date(asked_at) }
        : null;
    } finally {
      await file.close();
    }
  } catch {
    return null;
  }
}

/** The list is right without its being kept, so that a full disk or a home that can't be written stops nobody. */
export async function writeModelsCache(
  home: string,
  endpoint: ModelsEndpoint,
  { models, askedAt }: CachedModels,
): Promise<void> {
  const kept = { version: 1, of: digestOf(endpoint), asked_at: askedAt.toISOString(), models };
  try {
    await mkdir(join(home, "models"), { recursive: true, mode: 0o700 });
    await replaceFile(pathOf(home, endpoint), `${JSON.stringify(kept)}\n`, 0o600);
  } catch {}
}

const pathOf = (home: string, { provider }: ModelsEndpoint) => join(home, "models", `${provider}.json`);

function digestOf({ api, baseUrl, key }: ModelsEndpoint): string {
  return createHash("sha256")
    .update(JSON.stringify(["pm models", api, baseUrl, key]))
    .digest("hex");
}
