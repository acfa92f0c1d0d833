import { type ClientContext, methods, PROTOCOL_VERSION } from "@agentclientprotocol/sdk";
import { RunnerError } from "@pm/core";
import * as z from "zod";

export interface ConversationOptions {
  /** How errors name the agent. */
  readonly command: string;
  readonly provider: string;
  readonly cwd: string;
  readonly prompt: string;
  readonly model: string | null;
  readonly clientVersion: string;
  /** How long it may take until the agent has a session. */
  readonly handshakeMs: number;
  readonly onAgent: (agent: AgentInfo) => void;
}

export interface AgentInfo {
  readonly version: string | null;
}

const word = z.string().nullish().catch(undefined);
const initializedSchema = z.looseObject({
  protocolVersion: z.number(),
  agentInfo: z.looseObject({ name: word, version: word }).nullish().catch(undefined),
});
/** Agents tell their models in one of two ways: the older list of models, or an option of the session. */
const sessionSchema = z.looseObject({
  sessionId: z.string().min(1),
  models: z
    .looseObject({ availableModels: z.array(z.looseObject({ modelId: z.string() })) })
    .nullish()
    .catch(undefined),
  configOptions: z
    .array(
      z.looseObject({
        id: z.string(),
        category: word,
        options: z
          .array(z.looseObject({ value: z.string().optional(), options: z.unknown().optional() }))
          .optional(),
      }),
    )
    .nullish()
    .catch(undefined),
});
type Session = z.infer<typeof sessionSchema>;
const promptedSchema = z.looseObject({ stopReason: z.string() });

/**
 * One prompt in a new session, in which the agent has no tools of ours.
 * @returns why the agent stopped.
 * @throws RunnerError E513 no such model, E522 it does not speak as the protocol says; RequestError what the agent answers
 */
export async function converse(agent: ClientContext, options: ConversationOptions): Promise<string> {
  const session = await inTime(handshake(agent, options), options);
  await chooseModel(agent, session, options);
  const prompted = await agent.request<unknown>(methods.agent.session.prompt as string, {
    sessionId: session.sessionId,
    prompt: [{ type: "text", text: options.prompt }],
  });
  return understood(promptedSchema, prompted, "session/prompt", options).stopReason;
}

async function handshake(agent: ClientContext, options: ConversationOptions): Promise<Session> {
  const initialized = await agent.request<unknown>(methods.agent.initialize as string, {
    protocolVersion: PROTOCOL_VERSION,
    clientCapabilities: { fs: { readTextFile: false, writeTextFile: false }, terminal: false },
    clientInfo: { name: "pm", version: options.clientVersion },
  });
  const { protocolVersion, agentInfo } = understood(initializedSchema, initialized, "initialize", options);
  if (protocolVersion !== PROTOCOL_VERSION) {
    throw unfit(
      options,
      `it speaks version ${protocolVersion} of the protocol, and ${PROTOCOL_VERSION} is needed`,
    );
  }
  const version = [agentInfo?.name, agentInfo?.version].filter(Boolean).join(" ");
  options.onAgent({ version: version === "" ? null : version });
  const created = await agent.request<unknown>(methods.agent.session.new as string, {
    cwd: options.cwd,
    mcpServers: [],
  });
  return understood(sessionSchema, created, "session/new", options);
}

async function chooseModel(
  agent: ClientContext,
  session: Session,
  options: ConversationOptions,
): Promise<void> {
  const { model, provider } = options;
  if (model === null) return;
  const { sessionId, models, configOptions } = session;
  const option = configOptions?.find(({ category }) => category === "model");
  const ids = models?.availableModels.map(({ modelId }) => modelId) ?? [];
  const values = (option?.options ?? []).flatMap(({ value }) => value ?? []);
  if (ids.length === 0 && values.length === 0) return;
  if (values.includes(model) && option !== undefined) {
    const choice = { sessionId, configId: option.id, value: model };
    await agent.request(methods.agent.session.setConfigOption as string, choice);
  } else if (ids.includes(model)) {
    await agent.request("session/set_model", { sessionId, modelId: model });
  } else {
    const suggestion = ` It offers: ${[...new Set([...values, ...ids])].join(", ").slice(0, 300)}.`;
    throw new RunnerError("E513", { provider, model, suggestion });
  }
}

async function inTime<T>(work: Promise<T>, options: ConversationOptions): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const seconds = options.handshakeMs / 1000;
    const reason = `it opened no session within ${seconds} seconds`;
    timer = setTimeout(() => reject(unfit(options, reason)), options.handshakeMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function understood<T>(schema: z.ZodType<T>, answer: unknown, to: string, options: ConversationOptions): T {
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue?.path.join(".") || "the whole";
  throw unfit(options, `its answer to ${to} is not as the protocol says (${where}: ${issue?.message})`);
}

function unfit({ command }: ConversationOptions, reason: string): RunnerError {
  return new RunnerError("E522", { command, reason });
}
