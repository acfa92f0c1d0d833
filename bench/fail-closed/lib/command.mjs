/** A check of a plan that is a command. @param {...string} argv */
export const command = (...argv) => ({ type: "command", argv });
