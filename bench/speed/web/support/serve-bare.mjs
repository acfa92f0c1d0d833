// An Express application that does nothing but answer as `/api/health` does. Prints its port; ends when it is killed.
// The same Express as ours.
import express from "../../../../apps/web/node_modules/express/index.js";

const app = express();
app.get("/api/health", (_request, response) => {
  response.json({ status: "ok", namespace: "bench", version: "0.0.0" });
});
const server = app.listen(0, "127.0.0.1", () => console.log(server.address().port));
