/** @returns `path` as it stands behind "@": quoted where a space or a quote would end it. */
export function quotedPath(path: string): string {
  return /[\s"\\]/.test(path) ? `"${path.replace(/["\\]/g, "\\$&")}"` : path;
}
