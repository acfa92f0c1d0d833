/**
 * Ids as they stand in addresses. What the queue itself takes for an id is checked again there (E413); this keeps everything
 * that could be a path, a header or markup out before anybody looks at it.
 */
import * as z from "zod";

export const groupIdSchema = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/);
export const taskIdSchema = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}\.[0-9]{1,15}$/);
/** `journal`, or the sha256 of a blob. */
export const logIdSchema = z.string().regex(/^(journal|[0-9a-f]{64})$/);
