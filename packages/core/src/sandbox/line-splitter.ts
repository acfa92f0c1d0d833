export interface LineSplitter {
  push(chunk: Buffer): void;
  /** Gives a last line that has no newline. */
  end(): void;
}

export interface LineSplitterOptions {
  readonly maxLineBytes: number;
  /** The bytes of a line without its newline; never decoded here, so invalid UTF-8 is the caller's to judge. */
  readonly onLine: (line: Buffer) => void;
  /** A line longer than `maxLineBytes` was dropped; called once for it, at its end, with its whole length. */
  readonly onOversize: (bytes: number) => void;
}

const NEWLINE = 0x0a;

/** Splits a byte stream into lines; holds at most `maxLineBytes` and is linear in its input. */
export function createLineSplitter(options: LineSplitterOptions): LineSplitter {
  let parts: Buffer[] = [];
  let size = 0;

  const add = (piece: Buffer) => {
    size += piece.length;
    if (size > options.maxLineBytes) parts = [];
    else if (piece.length > 0) parts.push(piece);
  };
  const finish = () => {
    const line = parts.length === 1 ? parts[0] : undefined;
    const whole = line ?? Buffer.concat(parts);
    const length = size;
    parts = [];
    size = 0;
    if (length > options.maxLineBytes) options.onOversize(length);
    else options.onLine(whole);
  };

  return {
    push(chunk) {
      let start = 0;
      for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
        add(chunk.subarray(start, end));
        finish();
        start = end + 1;
      }
      if (start < chunk.length) add(chunk.subarray(start));
    },
    end() {
      if (size > 0) finish();
    },
  };
}
