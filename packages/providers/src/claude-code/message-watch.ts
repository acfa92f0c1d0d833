import type { IncomingMessage } from "node:http";

/** Whether the answer to one model request arrived whole. */
export interface MessageWatch {
  state: "open" | "whole" | "broken";
}

const TAIL_BYTES = 512;

/**
 * Watches an answer on its way through. An event stream is whole when it said `message_stop`: Claude Code takes half
 * a stream for a finished answer when the same thing happens on its second try.
 */
export function watchAnswer(answer: IncomingMessage, watch: MessageWatch): void {
  const encoding = answer.headers["content-encoding"] ?? "identity";
  const isStream =
    encoding === "identity" && (answer.headers["content-type"] ?? "").startsWith("text/event-stream");
  let tail = "";
  answer.on("data", (chunk: Buffer) => {
    if (isStream) tail = (tail + chunk.subarray(-TAIL_BYTES).toString("latin1")).slice(-TAIL_BYTES);
  });
  answer.on("close", () => {
    const ended = answer.complete && (!isStream || tail.includes("message_stop"));
    watch.state = ended ? "whole" : "broken";
  });
}
