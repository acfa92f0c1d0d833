// An Express application that does nothing but answer as `/api/health` does. Prints its port; ends when it is killed.
import { createRequire } from "node:module";

// The same Express as ours.
const load = createRequire(new URL("../../../../apps/web/package.json", import.meta.url));
const express = load("express");
const app = express();
app.get("/api/health", (_request, response) => {
  response.json({ status: "ok", namespace: "bench", version: "0.0.0" });
});
const server = app.listen(0, "127.0.0.1", () => console.log(server.address().port));
