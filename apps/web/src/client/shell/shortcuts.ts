/** Every shortcut, for the help and for the tests; what they do is in `use-shortcuts`. */
export const SHORTCUTS = [
  { keys: ["Ctrl or ⌘", "K"], does: "Find or do anything" },
  { keys: ["g", "i"], does: "Go to the inbox" },
  { keys: ["g", "t"], does: "Go to the tasks" },
  { keys: ["g", "g"], does: "Go to the groups" },
  { keys: ["c"], does: "Write a new task" },
  { keys: ["j"], does: "Next row or file" },
  { keys: ["k"], does: "Previous row or file" },
  { keys: ["Enter"], does: "Open it" },
  { keys: ["1 … 5"], does: "Switch between the parts of a task" },
  { keys: ["a"], does: "Look at what is to be approved" },
  { keys: ["Ctrl or ⌘", "Enter"], does: "Submit the task" },
  { keys: ["/"], does: "Search on this page" },
  { keys: ["?"], does: "Show the shortcuts" },
] as const;
