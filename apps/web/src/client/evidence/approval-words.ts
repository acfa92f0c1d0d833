/** What an approval does, in words, by its effect. Pure. */
import type { Approval } from "../api/types.ts";
import { PHASES } from "../ui/states.ts";

export interface ApprovalWords {
  readonly title: string;
  readonly does: string;
  readonly button: string;
  /** A waiver says why. */
  readonly noteNeeded: boolean;
}

function from(approval: Approval): string {
  const names = approval.violations.map(({ rerun_from }) => rerun_from);
  const first = PHASES.find(({ phase }) => names.includes(phase));
  return first ? `from ${first.word} on` : "from the phase that failed";
}

export function approvalWords(approval: Approval): ApprovalWords {
  switch (approval.effect) {
    case "accept":
      return {
        title: "Take the result as it is?",
        does: "This is a waiver: what stands against the result is set aside, by you, with your reason. The result lands in the project, and the task goes on to its end. The waiver stays in the evidence.",
        button: "Waive and take it",
        noteNeeded: true,
      };
    case "rerun":
      return {
        title: "Let it run again?",
        does: `Nothing is set aside. The task starts its next attempt, ${from(approval)}, and everything is checked again. It costs another run of the agent.`,
        button: "Approve another attempt",
        noteNeeded: false,
      };
    case "resume":
      return {
        title: "Let it go on?",
        does: "Nothing is set aside. The task goes on where it was stopped, and everything is checked as always.",
        button: "Approve going on",
        noteNeeded: false,
      };
    default:
      return approval.effect satisfies never;
  }
}
