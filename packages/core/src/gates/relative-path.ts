/** Whether a path or glob of a plan is relative and stays inside the project; judged by its text alone. */
export function isInsideProject(path: string): boolean {
  if (path.startsWith("/") || path.startsWith("~") || path.includes("\0") || /^[A-Za-z]:[\\/]/.test(path))
    return false;
  let depth = 0;
  for (const part of path.split("/")) {
    if (part === "..") depth -= 1;
    else if (part !== "" && part !== ".") depth += 1;
    if (depth < 0) return false;
  }
  return true;
}
