/** The one-time token of the address, taken out of it at once so that it stays in no history. */
export function takeToken(): string | null {
  const found = /^#login=(.+)$/.exec(window.location.hash)?.[1];
  if (found === undefined) return null;
  window.history.replaceState(null, "", `${window.location.pathname}${window.location.search}`);
  return found;
}
