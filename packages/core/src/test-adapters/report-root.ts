/** A path of a report as part of a test's id (A4): relative to where the command ran, with slashes. */
export function inProject(path: string, root: string): string {
  const plain = path.replaceAll("\\", "/").replace(/^file:\/\//, "");
  return (plain.startsWith(`${root}/`) ? plain.slice(root.length + 1) : plain).replace(/^\.\//, "");
}
