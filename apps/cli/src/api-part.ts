export { acpAgent } from "./acp-agent.ts";
export { apiProvider } from "./api-provider.ts";
