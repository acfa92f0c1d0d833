import { createStore } from "../ui/store.ts";

/** Set by any answer 401; the login page then stands in front of everything. */
export const loginNeeded = createStore(false);
