import type { Duplex } from "node:stream";
import { SECURITY_HEADERS } from "./security-headers.ts";

const STATUS: Readonly<Record<string, string>> = {
  ERR_HTTP_REQUEST_TIMEOUT: "408 Request Timeout",
  HPE_HEADER_OVERFLOW: "431 Request Header Fields Too Large",
};

/** What is no HTTP, or comes too slowly or with too many headers, gets a status and the end of the connection. */
export function refuseUnparsed({ code }: NodeJS.ErrnoException, socket: Duplex): void {
  if (code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  const headers = SECURITY_HEADERS.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  const status = STATUS[code ?? ""] ?? "400 Bad Request";
  socket.end(`HTTP/1.1 ${status}\r\n${headers}Content-Length: 0\r\nConnection: close\r\n\r\n`);
}
