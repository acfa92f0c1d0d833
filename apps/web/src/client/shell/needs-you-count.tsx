/** How many tasks need the person, beside the inbox in every navigation; nothing where none does. */
export function NeedsYouCount({ href, needed }: { readonly href: string; readonly needed: number }) {
  if (href !== "/" || needed === 0) return null;
  return (
    <span className="count">
      {needed}
      <span className="sr-only"> need you</span>
    </span>
  );
}
