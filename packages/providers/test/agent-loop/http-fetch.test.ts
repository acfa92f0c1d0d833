import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { apiProblem } from "../../src/agent-loop/api-problem.ts";
import { createHttpFetch } from "../../src/agent-loop/http-fetch.ts";

const ASKED = { provider: "openai", model: "gpt-0" };

describe("our fetch", () => {
  async function withServer(handle: Parameters<typeof createServer>[1], use: (url: string) => Promise<void>) {
    const server = createServer(handle);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    try {
      await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  }
  const fetch = createHttpFetch(() => {});

  it("tells a host that can't be reached from one that refuses", async () => {
    for (const url of ["http://127.0.0.1:1/", "http://no-such-host.invalid/"]) {
      const error = await fetch(url).catch((thrown: unknown) => thrown);
      expect(apiProblem(error, ASKED)).toMatchObject({ code: "E520", retryable: true });
    }
  });

  it("tells an answer that breaks off from one that ends", async () => {
    await withServer(
      (_, res) => void res.write("half", () => res.destroy()),
      async (url) => {
        const error = await fetch(url)
          .then((answer) => answer.text())
          .catch((thrown: unknown) => thrown);
        expect(apiProblem(error, ASKED)).toMatchObject({ code: "E524", retryable: true });
      },
    );
  });

  it("does not follow a redirect, which would take the key along", async () => {
    let asked = 0;
    await withServer(
      (_, res) => {
        asked += 1;
        res.writeHead(307, { location: "/elsewhere" }).end();
      },
      async (url) => {
        expect((await fetch(url)).status).toBe(307);
        expect(asked).toBe(1);
      },
    );
  });

  it("tells of every piece that comes, and of nothing else", async () => {
    let pieces = 0;
    const counting = createHttpFetch(() => {
      pieces += 1;
    });
    await withServer(
      (_, res) => {
        res.write("a");
        setTimeout(() => res.end("b"), 50);
      },
      async (url) => {
        expect(await (await counting(url)).text()).toBe("ab");
        expect(pieces).toBeGreaterThanOrEqual(2);
      },
    );
  });

  it("ends with the reason of its signal, before an answer and in the middle of one", async () => {
    await withServer(
      (req, res) => {
        if (req.url === "/half") res.write("half");
      },
      async (url) => {
        for (const path of ["/never", "/half"]) {
          const signal = AbortSignal.timeout(100);
          const end = await fetch(url + path, { signal })
            .then((answer) => answer.text())
            .catch((thrown: unknown) => thrown);
          expect(end).toBeInstanceOf(Error);
          expect(signal.aborted).toBe(true);
        }
      },
    );
  });

  it("waits for an answer longer than sockets are kept that nobody uses", async () => {
    await withServer(
      (_, res) => {
        setTimeout(() => res.write("a"), 6_000);
        setTimeout(() => res.end("b"), 12_000);
      },
      async (url) => expect(await (await fetch(url)).text()).toBe("ab"),
    );
  });

  it("sends what it is given, and nothing more", async () => {
    const headers = await new Promise<IncomingHttpHeaders>((resolve) => {
      void withServer(
        (req, res) => {
          resolve(req.headers);
          res.end();
        },
        async (url) => {
          await fetch(url, { method: "POST", headers: { "content-type": "text/plain" }, body: "é" });
        },
      );
    });
    expect(headers).toMatchObject({ "content-type": "text/plain", "content-length": "2" });
    expect(headers.authorization).toBeUndefined();
  });
});
