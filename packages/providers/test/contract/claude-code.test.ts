import { CLAUDE_CODE } from "./claude-code-driver.ts";
import { describeProvider } from "./provider-contract.ts";

describeProvider(CLAUDE_CODE);
