/** Like make: the first of these names counts. */
const MAKEFILES = ["GNUmakefile", "makefile", "Makefile"];

/** The Makefile in a folder, or null. @param readFile null where there is no such file. */
export async function readMakefile(
  readFile: (name: string) => Promise<string | null>,
): Promise<string | null> {
  for (const name of MAKEFILES) {
    const text = await readFile(name);
    if (text !== null) return text;
  }
  return null;
}
