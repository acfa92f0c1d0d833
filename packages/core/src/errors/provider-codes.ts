import { spec } from "./error-spec.ts";

/** E5xx: agents and providers. */
export const PROVIDER_CODES = {
  E501: spec(
    "Agent not found",
    "The executable {command} was not found.",
    "Install it: npm install -g @anthropic-ai/claude-code",
    424,
  ),
  E502: spec(
    "Agent too old",
    "{command} is version {found}; {needed} or newer is needed.",
    "Update it: npm install -g @anthropic-ai/claude-code@latest",
    424,
  ),
  E503: spec(
    "Not logged in",
    "{provider} has no key and no login.",
    "Set ANTHROPIC_API_KEY, or log in: claude auth login",
    401,
  ),
  E504: spec(
    "Key refused",
    "{provider} refused the key or login: {reason}.",
    "Check ANTHROPIC_API_KEY, or log in again: claude auth login",
    401,
  ),
  E505: spec(
    "Rate limited",
    "{provider} limits the rate: {reason}.",
    "Wait, then let it run again: pm approve {session}",
    429,
    1,
    true,
  ),
  E506: spec(
    "Provider failed",
    "{provider} failed: {reason}.",
    "Try again later: start the task anew.",
    502,
    1,
    true,
  ),
  E507: spec("Unknown provider", "There is no provider {name}.{suggestion}", "Providers: {known}", 400, 2),
  E508: spec(
    "Recording unusable",
    "{path} can't be replayed: {reason}.",
    "Check the recording, or choose another provider.",
    422,
  ),
  E509: spec("Recording mismatch", "{reason}", "Record it anew: the recording does not fit this task.", 422),
  E510: spec("Agent crashed", "{provider} ended with {outcome}.", "Read the log: pm logs {session}", 502),
  E511: spec(
    "Request refused by the API",
    "{provider} refused the request: {reason}.",
    "Read the log: pm logs {session}",
    422,
  ),
} as const;
