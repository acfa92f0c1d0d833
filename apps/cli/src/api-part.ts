export { apiProvider } from "./api-provider.ts";
