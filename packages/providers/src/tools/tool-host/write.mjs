/**
 * Makes or replaces a file; its mode stays as it was.
 * @type {import("./main.mjs").Tool}
 */
export async function write(
  /** @type {{ path: string, content: string }} */ { path, content },
  { workspace },
) {
  const { file, created } = await workspace.openToWrite(path);
  try {
    await file.truncate(0);
    await file.writeFile(content);
  } finally {
    await file.close();
  }
  return `${created ? "created" : "replaced"} ${path} (${Buffer.byteLength(content)} bytes)`;
}
