export { createWebServer } from "./server/create-web-server.ts";
export type { LoginLink, WebOptions, WebServer, WorkerState } from "./server/web-server.ts";
