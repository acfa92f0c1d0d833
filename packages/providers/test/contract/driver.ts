import type { Provider } from "@pm/core";
import type { MessagesServer } from "../../../../test/support/messages-server/server.mjs";
import type { TestRun } from "../support/make-request.ts";

type Call = [name: string, input: unknown];

/** How the contract suite drives one provider. A new provider adds a row to the table in `contract.test.ts`. */
export interface Driver {
  readonly name: string;
  /** Its calls, by what they do. `dir` is the workspace. */
  write(dir: string, path: string, content: string): Call;
  read(dir: string, path: string): Call;
  edit(dir: string, path: string, before: string, after: string): Call;
  shell(words: readonly [string, ...string[]]): Call;
  /** Null where it has no tool for a structured answer, and gives it as its text. */
  readonly answer: ((value: unknown) => Call) | null;
  /** Whether it goes on in the conversation of an earlier run. */
  readonly resumes: boolean;
  /** Whether it ends by itself, so that what lives on after it can be told from it. */
  readonly endsItself: boolean;
  /** How its process ends when a model call failed for good. */
  readonly exitOfFailure: number;
  /** Tells what it asks beside its conversation, by the body of the request; such calls are no part of a script. */
  readonly isAside?: (body: { readonly model?: string }) => boolean;
  /** Where it names an error otherwise than most do, or knows less of it. */
  readonly codes: Readonly<Record<string, string>>;
  /** How often it asks again, so that a script knows. */
  make(run: TestRun, server: MessagesServer, key: string): Provider;
}
