import { Link } from "../router/link.tsx";
import { usePathname } from "../router/location.ts";
import { matchRoute, taskPath } from "../router/match-route.ts";

interface BlobLinksProps {
  readonly links: readonly (readonly [string, { readonly sha256: string; readonly bytes: number } | null])[];
}

/** Ways to what was captured, where there is any. */
export function BlobLinks({ links }: BlobLinksProps) {
  const screen = matchRoute(usePathname());
  if (screen.name !== "task") return null;
  return (
    <span className="step-links">
      {links.map(([word, blob]) =>
        blob && blob.bytes > 0 ? (
          <Link href={taskPath(screen.id, "logs", blob.sha256)} key={word}>
            {word}
          </Link>
        ) : null,
      )}
    </span>
  );
}
