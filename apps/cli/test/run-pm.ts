import type { QueuedEngine } from "@pm/queue";
import { createProgram } from "../src/program.ts";
import type { Services } from "../src/services.ts";
import { fakeServices } from "./fake-engine.ts";
import { createFakeIo, type FakeIoOptions } from "./fake-io.ts";

/** Runs a command line in this process. */
export async function runPm(
  args: readonly string[],
  engine: Partial<QueuedEngine> = {},
  options: FakeIoOptions & { readonly services?: Partial<Services> } = {},
) {
  const io = createFakeIo(options);
  const program = createProgram({ io, version: "1.2.3", services: fakeServices(engine, options.services) });
  const code = await program.run(args);
  return { code, out: io.out(), err: io.err(), io };
}
