/** @param {readonly number[]} values @param {number} share 0…1 */
export function percentile(values, share) {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** Milliseconds, as a table shows them. */
export function ms(value) {
  return value < 10 ? value.toFixed(2) : value < 100 ? value.toFixed(1) : String(Math.round(value));
}

/** Of the machine's steady clock, the same for all processes: ms. */
export const machineMs = () => Number(process.hrtime.bigint()) / 1e6;
