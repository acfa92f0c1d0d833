/** The web server with all that it brings, behind one `import()`. */
import { fileURLToPath } from "node:url";

export { createWebServer } from "@pm/web";

/** The built pages; the build puts them beside the bundle. */
export const pages = fileURLToPath(new URL("./web", import.meta.url));
