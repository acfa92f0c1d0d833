/** The end of an axis: the least of 1, 2, 4, 5, 10 × 10^n that holds every value. Pure. */
export function niceTop(largest: number): number {
  if (!(largest > 0)) return 0;
  const unit = 10 ** Math.floor(Math.log10(largest));
  return ([1, 2, 4, 5].find((step) => step * unit >= largest) ?? 10) * unit;
}
