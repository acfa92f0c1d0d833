import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "../../src/index.ts";

/**
 * An executable that speaks ACP by hand, so that it can also speak it wrongly. `onPrompt` is the code of an async function with
 * these at hand: `say(update)`, `ask(toolCall, options?)` (resolves with our outcome), `print(text)`, `prompt`, `done(reason)`,
 * `wait(ms)`, and node's `fs`. `handlers` are further methods, or other answers to the usual ones.
 */
export function writeAcpStandIn(dir: string, onPrompt: string, handlers = ""): Command {
  mkdirSync(dir, { recursive: true });
  const path = join(dir, "acp-stand-in.mjs");
  writeFileSync(path, PRELUDE.replace("ON_PROMPT", onPrompt).replace("HANDLERS", handlers));
  chmodSync(path, 0o755);
  return [path];
}

const PRELUDE = `#!/usr/bin/env node
import fs from "node:fs";
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
const print = (text) => process.stdout.write(text);
const send = (message) => print(JSON.stringify({ jsonrpc: "2.0", ...message }) + "\\n");
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const sessionId = "s1";
const say = (update) => send({ method: "session/update", params: { sessionId, update } });
const text = (words) => say({ sessionUpdate: "agent_message_chunk", content: { type: "text", text: words } });
const waiting = new Map();
const OPTIONS = [
  { optionId: "always", name: "Always", kind: "allow_always" },
  { optionId: "once", name: "Once", kind: "allow_once" },
  { optionId: "no", name: "No", kind: "reject_once" },
];
const ask = (toolCall, options = OPTIONS) => new Promise((resolve) => {
  const id = "ask-" + waiting.size;
  waiting.set(id, resolve);
  send({ id, method: "session/request_permission", params: { sessionId, toolCall: { toolCallId: id, ...toolCall }, options } });
});
let prompt = "";
const handlers = {
  initialize: async () => ({ protocolVersion: 1, agentCapabilities: {}, agentInfo: { name: "stand-in", version: "1.2" } }),
  "session/new": async () => ({ sessionId }),
  "session/prompt": async (params, done) => {
    prompt = params.prompt[0].text;
    ON_PROMPT
  },
  HANDLERS
};
createInterface({ input: process.stdin }).on("line", async (line) => {
  const message = JSON.parse(line);
  if (message.method === undefined) return waiting.get(message.id)?.(message.result?.outcome ?? message.error);
  const handler = handlers[message.method];
  if (handler === undefined) return send({ id: message.id, error: { code: -32601, message: "no such method" } });
  let reason = "end_turn";
  try {
    const result = await handler(message.params, (word) => { reason = word; });
    send({ id: message.id, result: result ?? { stopReason: reason } });
  } catch (error) {
    send({ id: message.id, error: { code: error.code ?? -32603, message: error.message, data: error.data } });
  }
});
`;
