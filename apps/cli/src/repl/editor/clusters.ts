const segmenter = new Intl.Segmenter();

/** What a position is looked up in: the text, and the marks that are chips, each a cluster by itself. */
export interface Clustered {
  readonly text: string;
  readonly pastes: readonly { readonly mark: string }[];
}

/** @returns the end of the grapheme cluster that begins at or holds `at`; the text's end where there is none. */
export function nextBorder(of: Clustered, at: number): number {
  if (at >= of.text.length) return of.text.length;
  if (standsAlone(of, at)) return at + 1;
  const [start, end] = pieceAround(of, at);
  const found = segmenter.segment(of.text.slice(start, end)).containing(at - start);
  return found === undefined ? end : start + found.index + found.segment.length;
}

/** @returns the beginning of the grapheme cluster that ends at or holds the unit before `at`. */
export function previousBorder(of: Clustered, at: number): number {
  if (at <= 0) return 0;
  if (standsAlone(of, at - 1)) return at - 1;
  const [start, end] = pieceAround(of, at - 1);
  const found = segmenter.segment(of.text.slice(start, end)).containing(at - 1 - start);
  return found === undefined ? start : start + found.index;
}

/** @returns `at`, or the end of the cluster it stands within. */
export function snap(of: Clustered, at: number): number {
  const position = Math.max(0, Math.min(at, of.text.length));
  const before = previousBorder(of, position);
  const after = nextBorder(of, before);
  return after >= position && position > 0 ? after : position;
}

/** @returns every cluster of `from` to `to`, which are borders; a chip and a line end each come alone. */
export function* clustersOf(of: Clustered, from: number, to: number): Generator<readonly [number, string]> {
  let at = from;
  while (at < to) {
    if (standsAlone(of, at)) {
      yield [at, of.text.charAt(at)];
      at += 1;
      continue;
    }
    const end = Math.min(to, pieceAround(of, at)[1]);
    for (const { segment, index } of segmenter.segment(of.text.slice(at, end))) yield [at + index, segment];
    at = end;
  }
}

export function isChip(of: Clustered, at: number): boolean {
  const unit = of.text.charCodeAt(at);
  return unit >= 0xe000 && unit <= 0xf8ff && of.pastes.some(({ mark }) => mark === of.text.charAt(at));
}

function standsAlone(of: Clustered, at: number): boolean {
  return of.text.charAt(at) === "\n" || isChip(of, at);
}

/** Long texts are not segmented whole for each key: a line end and a chip always are borders. */
function pieceAround(of: Clustered, at: number): readonly [number, number] {
  let start = of.text.lastIndexOf("\n", at) + 1;
  let end = of.text.indexOf("\n", at);
  if (end === -1) end = of.text.length;
  for (const { mark } of of.pastes) {
    start = Math.max(start, of.text.lastIndexOf(mark, at) + 1);
    const next = of.text.indexOf(mark, at);
    if (next !== -1) end = Math.min(end, next);
  }
  return [start, end];
}
