import { nearestLine } from "./nearest-line.mjs";

const MAX_BYTES = 16 * 1024 * 1024;
/** More of them would take memory without bound. */
const MAX_PLACES = 100_000;
const RETURN = /\r/;

/**
 * Replaces exact text. It works on bytes, so that what is not UTF-8 elsewhere in the file stays as it is; where a file
 * ends its lines with CRLF, so does the new text, since a model is shown lines without their ends.
 * @type {import("./main.mjs").Tool}
 */
export async function edit(
  /** @type {{ path: string, old_string: string, new_string: string, replace_all?: boolean }} */ input,
  { workspace },
) {
  const { file, size } = await workspace.openToEdit(input.path);
  try {
    if (size > MAX_BYTES) throw new Error(`${input.path} has ${size} bytes, too many to edit`);
    const before = await file.readFile();
    const wanted = lineEndsOf(before, input);
    const places = placesOf(before, wanted.old);
    if (places.length === 0) throw new Error(notFound(input.path, before, input.old_string));
    if (places.length > 1 && input.replace_all !== true) {
      const lines = places.slice(0, 10).map((place) => lineAt(before, place));
      throw new Error(
        `old_string is in ${input.path} ${places.length} times (lines ${lines.join(", ")}${places.length > 10 ? ", …" : ""}): ` +
          "add lines around it to make it unique, or set replace_all",
      );
    }
    const after = replaced(before, places, wanted.old.length, wanted.new);
    await file.truncate(0);
    await file.write(after, 0, after.length, 0);
    return `replaced ${places.length === 1 ? "1 place" : `${places.length} places`} in ${input.path}`;
  } finally {
    await file.close();
  }
}

/** @param {Buffer} file @param {{ old_string: string, new_string: string }} input */
function lineEndsOf(file, { old_string, new_string }) {
  const asGiven = { old: Buffer.from(old_string), new: Buffer.from(new_string) };
  if (RETURN.test(old_string) || RETURN.test(new_string) || !endsWithCrlf(file)) return asGiven;
  return { old: Buffer.from(withCrlf(old_string)), new: Buffer.from(withCrlf(new_string)) };
}

/** @param {string} text */
const withCrlf = (text) => text.replaceAll("\n", "\r\n");

/** Whether every line does. @param {Buffer} file */
function endsWithCrlf(file) {
  let at = file.indexOf(10);
  if (at === -1) return false;
  for (; at !== -1; at = file.indexOf(10, at + 1)) if (file[at - 1] !== 13) return false;
  return true;
}

/** Those that do not overlap, from the front. @param {Buffer} file @param {Buffer} part */
function placesOf(file, part) {
  const places = [];
  for (let at = file.indexOf(part); at !== -1; at = file.indexOf(part, at + part.length)) {
    if (places.length === MAX_PLACES) throw new Error(`old_string is there more than ${MAX_PLACES} times`);
    places.push(at);
  }
  return places;
}

/** @param {Buffer} file @param {number[]} places @param {number} length @param {Buffer} put */
function replaced(file, places, length, put) {
  const parts = [];
  let from = 0;
  for (const place of places) {
    parts.push(file.subarray(from, place), put);
    from = place + length;
  }
  return Buffer.concat([...parts, file.subarray(from)]);
}

/** @param {Buffer} file @param {number} place */
function lineAt(file, place) {
  let line = 1;
  for (let at = file.indexOf(10); at !== -1 && at < place; at = file.indexOf(10, at + 1)) line += 1;
  return line;
}

/** @param {string} path @param {Buffer} file @param {string} old */
function notFound(path, file, old) {
  const near = nearestLine(file.toString("utf8"), old);
  const hint = near === null ? "" : `; the nearest is line ${near.number}: ${near.text}`;
  return `old_string is nowhere in ${path}${hint}. It must be the file's exact text, white space included`;
}
