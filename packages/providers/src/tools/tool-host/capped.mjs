/** What a model is shown is bounded (H4 of tool-host.ts). Bytes are counted; cuts are made between characters. */

/** The longest line that is shown whole. */
export const LINE_CHARS = 2_000;
/** Of what a model is shown of one call. */
export const SHOWN_BYTES = 48 * 1024;

/** Keeps the first and the last bytes of a stream, whatever its length. @param {number} [cap] */
export function createCapture(cap = SHOWN_BYTES) {
  const half = Math.floor(cap / 2);
  let head = Buffer.alloc(0);
  let tail = Buffer.alloc(0);
  let bytes = 0;
  return {
    /** @param {Buffer} chunk */
    push(chunk) {
      bytes += chunk.length;
      const room = half - head.length;
      if (room > 0) head = Buffer.concat([head, chunk.subarray(0, room)]);
      const rest = chunk.subarray(Math.max(0, room));
      if (rest.length > 0) tail = Buffer.concat([tail, rest.subarray(-half)]).subarray(-half);
    },
    /** @returns {string} */
    text() {
      const left = bytes - head.length - tail.length;
      if (left === 0) return Buffer.concat([head, tail]).toString("utf8");
      const start = startOf(head);
      return `${start}${start.endsWith("\n") ? "" : "\n"}[… ${left} bytes left out …]\n${endOf(tail)}`;
    },
  };
}

/** The first lines, and how many `things` there are beyond them. @param {string[]} lines @param {number} max @param {string} things @returns {string} */
export function capLines(lines, max, things) {
  let bytes = 0;
  let shown = 0;
  for (const line of lines.slice(0, max)) {
    bytes += Buffer.byteLength(line) + 1;
    if (bytes > SHOWN_BYTES) break;
    shown += 1;
  }
  const left = lines.length - shown;
  return [...lines.slice(0, shown), ...(left > 0 ? [`[${left} more ${things} left out]`] : [])].join("\n");
}

/** @param {string} line @returns {string} */
export function capLine(line) {
  if (line.length <= LINE_CHARS) return line;
  return `${line.slice(0, LINE_CHARS).replace(/[\ud800-\udbff]$/, "")} [line cut here]`;
}

/** Without the first part of a character whose rest was cut off. @param {Buffer} bytes */
function startOf(bytes) {
  let lead = bytes.length - 1;
  while (lead > bytes.length - 4 && (Number(bytes[lead]) & 0xc0) === 0x80) lead -= 1;
  const first = Number(bytes[lead]);
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 1;
  return bytes.subarray(0, lead + length > bytes.length ? lead : bytes.length).toString("utf8");
}

/** @param {Buffer} bytes */
function endOf(bytes) {
  let start = 0;
  while (start < 3 && (Number(bytes[start]) & 0xc0) === 0x80) start += 1;
  return bytes.subarray(start).toString("utf8");
}
