export type { LoginLink, WebOptions, WebServer, WorkerState } from "./server/web-server.ts";
