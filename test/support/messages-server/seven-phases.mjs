import { structured, text, tool } from "./turns.mjs";

/**
 * @typedef {import("./turns.mjs").Turn} Turn
 * @typedef {import("./server.mjs").ModelRequest} ModelRequest
 * @typedef {object} PhaseScript
 * @property {unknown} requirements What REQUIREMENT_ANALYSIS answers.
 * @property {unknown} subtasks What TASK_DECOMPOSITION answers.
 * @property {unknown} plan What PLANNING answers.
 * @property {string} [answerTool] By which tool the agent takes a structured answer; Claude Code's where it is missing.
 * @property {Record<string, Turn[]>} execution The turns of each subtask's executor; a closing text follows them.
 */

/**
 * Scripts a whole run of `pm` by the `Phase:` line of each prompt, however many processes ask, in whatever order. What
 * was already said in a phase is counted from the conversation itself, so a repeated or resumed run is answered anew.
 * @param {PhaseScript} script
 * @returns {(request: ModelRequest) => Turn}
 */
export function scriptPhases(script) {
  return (request) => {
    const { phase, prompt, said } = whereIn(request.body?.messages ?? request.body?.input ?? []);
    const answer = answerOf(script, phase);
    const reading = [script.answerTool === undefined ? structured(answer) : tool(script.answerTool, answer)];
    const subtask = /^Subtask (S\d+):/m.exec(prompt)?.[1] ?? "";
    const turns = phase === "EXECUTION" ? [...(script.execution[subtask] ?? []), text("Done.")] : reading;
    const turn = turns[said];
    if (turn === undefined) throw new Error(`no turn ${said} for ${phase} ${subtask}`);
    return turn;
  };
}

/** @param {PhaseScript} script @param {string} phase */
function answerOf(script, phase) {
  if (phase === "REQUIREMENT_ANALYSIS") return script.requirements;
  return phase === "TASK_DECOMPOSITION" ? script.subtasks : script.plan;
}

/**
 * The newest prompt of ours in a conversation, and how often the model spoke since. In OpenAI's Responses API what the model
 * said is a list of items; each thought begins a turn there.
 * @param {{ role?: string, type?: string, content?: unknown }[]} messages
 */
export function whereIn(messages) {
  let phase = "";
  let prompt = "";
  let said = 0;
  const thinks = messages.some(({ type }) => type === "reasoning");
  for (const { role, type, content } of messages) {
    if (thinks ? type === "reasoning" : role === "assistant") said += 1;
    if (role !== "user") continue;
    for (const words of textsOf(content)) {
      const found = /^Phase: ([A-Z_]+)/.exec(words)?.[1];
      if (found === undefined) continue;
      phase = found;
      prompt = words;
      said = 0;
    }
  }
  return { phase, prompt, said };
}

/** @param {unknown} content @returns {string[]} */
function textsOf(content) {
  if (typeof content === "string") return [content];
  if (!Array.isArray(content)) return [];
  return content
    .filter(({ type }) => type === "text" || type === "input_text")
    .map((block) => String(block.text));
}
