import picomatch from "picomatch";

// A leading "!" would turn a scope into everything else, and extglobs of an agent's making can take for ever.
const OPTIONS = { dot: true, nonegate: true, noextglob: true, nocase: false } as const;

/**
 * @returns a test for paths that the scope entries cover: globs, literal paths, and folders with all that is below.
 */
export function scopeMatcher(entries: readonly string[]): (path: string) => boolean {
  const tests = entries.map(entryMatcher);
  return (path) => tests.some((matches) => matches(path));
}

/**
 * Only entries that name something: `**` or `*` permits nothing in particular, so it is no permission to touch what is
 * protected.
 */
export function namingMatcher(entries: readonly string[]): (path: string) => boolean {
  return scopeMatcher(
    entries.filter((entry) =>
      clean(entry)
        .split("/")
        .some((part) => part !== "" && !/[*?[\]{}]/.test(part)),
    ),
  );
}

function entryMatcher(entry: string): (path: string) => boolean {
  const pattern = clean(entry);
  if (pattern === "") return () => entry.trim() !== "";
  const literal = (path: string) => path === pattern || path.startsWith(`${pattern}/`);
  let glob: (path: string) => boolean;
  try {
    const matches = [picomatch(pattern, OPTIONS), picomatch(`${pattern}/**`, OPTIONS)];
    glob = (path) => matches.some((match) => match(path));
  } catch {
    glob = () => false;
  }
  // Brackets and parentheses are also part of real names, such as app/[slug]/page.tsx.
  return (path) => literal(path) || glob(path);
}

/** `./src/` is `src`, `.` is everything. */
function clean(entry: string): string {
  return entry
    .trim()
    .replace(/^(?:\.\/)+/, "")
    .replace(/^\.$/, "")
    .replace(/\/+$/, "");
}
