import * as z from "zod";

/** A git tree or blob id of the snapshot store. */
export const treeIdSchema = z.string().regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/);
export type TreeId = z.infer<typeof treeIdSchema>;

/** One path that differs between two trees. Modes are git's: 100644, 100755, 120000 (symlink), 160000 (submodule). */
export const fileChangeSchema = z.strictObject({
  path: z.string(),
  status: z.enum(["added", "modified", "deleted"]),
  old_mode: z.string().nullable(),
  new_mode: z.string().nullable(),
  old_oid: z.string().nullable(),
  new_oid: z.string().nullable(),
  /** Lines; null for binary files. */
  added_lines: z.number().int().nullable(),
  deleted_lines: z.number().int().nullable(),
});
export type FileChange = z.infer<typeof fileChangeSchema>;

/** What `pm` found in a result, by its own reading of both trees; the gates judge it. */
export const changeSetSchema = z.strictObject({
  base: treeIdSchema,
  result: treeIdSchema,
  files: z.array(fileChangeSchema),
  /** Symlinks whose target lies outside the project, and new or moved submodules. */
  escapes: z.array(z.strictObject({ path: z.string(), reason: z.string() })),
  secrets: z.array(z.strictObject({ path: z.string(), kind: z.string() })),
  /** `package.json` files whose `scripts` or settings of tools differ, or that take a dependency from elsewhere than a registry. */
  scripts_changed: z.array(z.string()),
  /**
   * Files with more marks than before that tell lint, type checks or coverage to look away, or that show people something
   * else than is there; sessions of old have none.
   */
  switched_off: z.array(z.strictObject({ path: z.string(), mark: z.string() })).default([]),
  /** Changed files that are programs, or hold some, though their names don't say so; sessions of old have none. */
  programs: z.array(z.string()).default([]),
  /**
   * Changed sources with tests of their own that changed, in languages that keep these beside what they test; only what
   * the result has. Sessions of old have none.
   */
  tests_within: z.array(z.string()).default([]),
  /** Changed source files whose difference is white space or comments only. */
  cosmetic: z.array(z.string()),
  /** The result with the bodies of added and changed functions taken out; null where that can't be told. */
  hollow: treeIdSchema.nullable(),
});
export type ChangeSet = z.infer<typeof changeSetSchema>;
