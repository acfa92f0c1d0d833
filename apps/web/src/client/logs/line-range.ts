/** The lines that an address names: `#L12`, `#L12-L20`. Pure. */
export interface LineRange {
  readonly from: number;
  readonly to: number;
}

export function readLineRange(hash: string): LineRange | null {
  const found = /^#L([1-9][0-9]{0,9})(?:-L([1-9][0-9]{0,9}))?$/.exec(hash);
  if (!found) return null;
  const one = Number(found[1]);
  const other = found[2] === undefined ? one : Number(found[2]);
  return { from: Math.min(one, other), to: Math.max(one, other) };
}

export const lineHash = ({ from, to }: LineRange): string => (from === to ? `#L${from}` : `#L${from}-L${to}`);
