import { fileURLToPath } from "node:url";

/**
 * The folder of the program that runs inside the isolation. It is no part of a bundle: the builds of this package and of
 * the `pm` command copy it beside theirs, so that the same words lead to it from there as from the sources.
 */
export const TOOL_HOST_DIR: string = fileURLToPath(new URL("./tool-host", import.meta.url));
