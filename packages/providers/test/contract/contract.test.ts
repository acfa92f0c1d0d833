import { loopDriver } from "./loop-driver.ts";
import { describeProvider } from "./provider-contract.ts";

for (const api of ["messages", "responses", "chat"] as const) describeProvider(loopDriver(api));
