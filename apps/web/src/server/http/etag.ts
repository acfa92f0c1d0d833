import { createHash } from "node:crypto";

export const etagOf = (text: string): string =>
  `"${createHash("sha256").update(text).digest("hex").slice(0, 32)}"`;

/** @returns the tags of an If-Match or If-None-Match header without quotes and weakness; `*` stays. */
export function tagsOf(header: string | undefined): string[] {
  return (header ?? "")
    .split(",")
    .map((tag) =>
      tag
        .trim()
        .replace(/^W\//, "")
        .replace(/^"(.*)"$/, "$1"),
    )
    .filter((tag) => tag !== "");
}

/** Whether an If-None-Match header says that the sender has this already. */
export const hasTag = (header: string | undefined, etag: string): boolean => {
  if (header === undefined) return false;
  const tags = tagsOf(header);
  return tags.includes("*") || tags.includes(etag.slice(1, -1));
};
