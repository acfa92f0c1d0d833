export type { Redactor } from "../evidence/redactor.ts";
