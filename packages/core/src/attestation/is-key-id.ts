/** @returns whether a person named a key by its id (`keyIdOf`) and not by a file. */
export const isKeyId = (text: string): boolean => /^[0-9a-f]{64}$/.test(text);
