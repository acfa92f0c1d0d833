/** What is being written outlives the page: nothing typed is lost. */
import { readStored, writeStored } from "../ui/stored.ts";
import { type Draft, EMPTY_DRAFT } from "./draft.ts";

const NAME = "pm.draft";

export function readDraft(): Draft {
  try {
    return { ...EMPTY_DRAFT, ...(JSON.parse(readStored(NAME) ?? "{}") as Partial<Draft>) };
  } catch {
    return EMPTY_DRAFT;
  }
}

export const writeDraft = (draft: Draft): void => writeStored(NAME, JSON.stringify(draft));
