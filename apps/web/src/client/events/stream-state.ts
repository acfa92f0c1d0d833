import { createStore } from "../ui/store.ts";
import type { StreamState } from "./stream.ts";

export const streamState = createStore<StreamState>("connecting");
