import { ACP } from "./acp-driver.ts";
import { describeProvider } from "./provider-contract.ts";

describeProvider(ACP);
