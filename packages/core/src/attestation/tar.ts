/**
 * The one form of tar that an export has: POSIX ustar, regular files only, every field fixed but name, size and checksum.
 * Reading accepts exactly what writing makes, so there is no byte that can be changed unnoticed. Pure.
 */

/** A name holds no folder above `folder`, which stands in the header's prefix. */
export interface TarMember {
  readonly name: string;
  readonly content: Buffer;
}

const BLOCK = 512;
const NAME_BYTES = 100;
const MOST_BYTES = 0o77777777777;

/** @param folder what all members lie in. @throws RangeError for what a header can't hold. */
export function writeTar(folder: string, members: readonly TarMember[]): Buffer {
  const parts = members.flatMap(({ name, content }) => [
    header(folder, name, content.length),
    content,
    Buffer.alloc(padding(content.length)),
  ]);
  return Buffer.concat([...parts, Buffer.alloc(2 * BLOCK)]);
}

/** @returns folder and members, or null for anything that `writeTar` would not have written byte for byte. */
export function readTar(
  file: Buffer,
): { readonly folder: string; readonly members: readonly TarMember[] } | null {
  const members: TarMember[] = [];
  const folder = textOf(file.subarray(345, 500));
  let at = 0;
  while (at + BLOCK <= file.length && file[at] !== 0) {
    const size = Number.parseInt(textOf(file.subarray(at + 124, at + 136)), 8);
    const start = at + BLOCK;
    if (!(size >= 0) || start + size > file.length) return null;
    members.push({
      name: textOf(file.subarray(at, at + NAME_BYTES)),
      content: file.subarray(start, start + size),
    });
    at = start + size + padding(size);
  }
  try {
    return file.equals(writeTar(folder, members)) ? { folder, members } : null;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function header(folder: string, name: string, size: number): Buffer {
  const block = Buffer.alloc(BLOCK);
  if (Buffer.byteLength(name) > NAME_BYTES || Buffer.byteLength(folder) > 155 || size > MOST_BYTES)
    throw new RangeError(`${name} does not fit into a tar header`);
  block.write(name, 0);
  block.write("0000644\0", 100);
  block.write("0000000\0", 108);
  block.write("0000000\0", 116);
  block.write(`${size.toString(8).padStart(11, "0")}\0`, 124);
  // No time: the same evidence gives the same file, whenever it is exported.
  block.write("00000000000\0", 136);
  block.write("        ", 148);
  block.write("0", 156);
  block.write("ustar\x0000", 257);
  block.write(folder, 345);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return block;
}

const padding = (size: number) => (BLOCK - (size % BLOCK)) % BLOCK;

function textOf(field: Buffer): string {
  const end = field.indexOf(0);
  return field.toString("utf8", 0, end === -1 ? field.length : end);
}
