import "./skeleton.css";

/** Holds the place of what is being fetched, as high as that will be. */
export function Skeleton({ rows, height = 56 }: { readonly rows: number; readonly height?: number }) {
  return (
    <div aria-busy="true" className="skeleton" role="status">
      <span className="sr-only">Loading</span>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all the same and never move
        <div className="skeleton-row" key={row} style={{ height }} />
      ))}
    </div>
  );
}
