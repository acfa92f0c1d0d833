import { join } from "node:path";
import { RunnerError } from "@pm/core";
import compression from "compression";
import express, { type RequestHandler } from "express";

/** Vite puts a hash of the content into these names. */
const HASHED = /[/\\]assets[/\\][^/\\]+-[\w-]{8}\.\w+$/;

/**
 * The built pages: files as they are, and the one page for every other address, so that a link into it works. Anything under
 * `/api` is not its matter.
 */
export function pages(assets: string): readonly RequestHandler[] {
  const files = express.static(assets, {
    index: false,
    redirect: false,
    dotfiles: "ignore",
    setHeaders: (response, path) =>
      response.setHeader(
        "Cache-Control",
        HASHED.test(path) ? "public, max-age=31536000, immutable" : "no-cache",
      ),
  });
  const index = join(assets, "index.html");

  return [
    function onlyPages(request, _response, next) {
      const { method, path } = request;
      if (path === "/api" || path.startsWith("/api/"))
        throw new RunnerError("E466", { method, path: shown(path) });
      if (method !== "GET" && method !== "HEAD")
        throw new RunnerError("E467", { method, path: shown(path), allowed: "GET, HEAD" });
      next();
    },
    compression(),
    files,
    function onePage(request, response, next) {
      const { method, path, headers } = request;
      const forDocument = (headers["sec-fetch-dest"] ?? "document") === "document";
      if (!forDocument || path.startsWith("/assets/") || path.includes("\0"))
        throw new RunnerError("E466", { method, path: shown(path) });
      response.setHeader("Cache-Control", "no-cache");
      response.sendFile(index, (error) => {
        if (error)
          next(response.headersSent ? error : new RunnerError("E466", { method, path: shown(path) }, error));
      });
    },
  ];
}

const shown = (path: string) => path.slice(0, 200);
