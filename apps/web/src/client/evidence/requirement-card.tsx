import type { CheckView, CommandView, RequirementView } from "../api/types.ts";
import { Link } from "../router/link.tsx";
import { taskPath } from "../router/match-route.ts";
import { endOf } from "../run/command-details.tsx";
import { Badge } from "../ui/badge.tsx";
import { CopyButton } from "../ui/copy-button.tsx";
import { shortHash } from "../ui/format.ts";
import { StateMark } from "../ui/state-mark.tsx";
import type { Tone } from "../ui/states.ts";
import { visibleText } from "../ui/visible-text.ts";

const STANDING: Readonly<Record<RequirementView["standing"], { word: string; tone: Tone }>> = {
  proven: { word: "Proven", tone: "ok" },
  refuted: { word: "Refuted", tone: "bad" },
  unproven: { word: "Unproven", tone: "wait" },
  unknown: { word: "Not looked at yet", tone: "calm" },
};
const COUNTS = {
  counts: "counts",
  fails: "fails",
  "proves nothing": "proves nothing",
  unknown: "not looked at yet",
} as const;
const SHAPE = {
  counts: "proven",
  fails: "refuted",
  "proves nothing": "unproven",
  unknown: "unknown",
} as const;
const ON = {
  base: "on the base",
  result: "on the result",
  proof: "on the base with its tests",
  hollow: "with the change emptied",
  thrown: "with changed functions throwing",
  reverted: "with changed functions as before",
  undeclared: "with exports and types as before",
  restored: "with the tests of the base",
  jumbled: "with all its words and no meaning",
  emptied: "with the program that it starts empty",
  altered: "with its tests expecting other values",
  altered_restored: "with the base's tests expecting other values",
  altered_base: "on the base with its tests expecting other values",
  held: "on the result, unable to replace the clock of the base's tests",
  held_base: "on the base, unable to replace the clock of its tests",
} as const;

/**
 * Whether it came out as the check needs it: the result must pass, and without the change it must fail. Where the check
 * counts, all of it did, whatever the kind of the task asks for.
 */
function standsRight(check: CheckView, { on, passed }: CheckView["observations"][number]): boolean {
  return check.standing === "counts" || passed === (on === "result" || on === "restored");
}

interface RequirementCardProps {
  readonly requirement: RequirementView;
  readonly commands: readonly CommandView[];
  readonly taskId: string;
}

function Observations({
  check,
  commands,
  taskId,
}: {
  check: CheckView;
  commands: readonly CommandView[];
  taskId: string;
}) {
  return (
    <ul className="observations">
      {check.observations.map((seen, index) => {
        const command = commands.find(({ seq }) => seq === seen.command);
        const blob =
          command && command.stdout.bytes === 0 && command.stderr.bytes > 0
            ? command.stderr
            : command?.stdout;
        const right = standsRight(check, seen);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: observations are only ever added at the end
          <li className="observation" key={index}>
            <StateMark of={right ? "passed" : seen.passed ? "unproven" : "failed"} size={14} />
            <span className="observation-on">{ON[seen.on]}</span>
            <span className="num">
              {command ? endOf(command) : seen.passed ? "passed" : "failed"}
              <span className="muted">
                {right
                  ? seen.passed
                    ? ""
                    : ", as it must"
                  : seen.passed
                    ? ", but must fail"
                    : ", but must pass"}
              </span>
            </span>
            {command ? null : <span className="muted wrap">{visibleText(seen.detail)}</span>}
            {blob ? (
              <span className="artifact">
                <Link
                  aria-label={`Log ${shortHash(blob.sha256)} of ${check.id} ${ON[seen.on]}`}
                  className="mono"
                  href={taskPath(taskId, "logs", blob.sha256)}
                >
                  {shortHash(blob.sha256)}
                </Link>
                <CopyButton text={blob.sha256} what={`the hash ${shortHash(blob.sha256)}`} />
              </span>
            ) : null}
          </li>
        );
      })}
    </ul>
  );
}

/** One claim, the checks that stand for it, and what each came to. */
export function RequirementCard({ requirement, commands, taskId }: RequirementCardProps) {
  const { word, tone } = STANDING[requirement.standing];
  return (
    <li className={`card requirement requirement-${requirement.standing}`} data-row>
      <div className="requirement-head">
        <span className="requirement-id mono">{requirement.id}</span>
        <h3 className="requirement-claim">{visibleText(requirement.statement)}</h3>
        <Badge shape={requirement.standing} tone={tone} word={word} />
      </div>
      {requirement.acceptance ? (
        <p className="requirement-accept small wrap">
          <span className="muted">Accepted when </span>
          {visibleText(requirement.acceptance)}
        </p>
      ) : null}
      {requirement.checks.length === 0 ? (
        <p className="small requirement-none">No check stands for it.</p>
      ) : (
        <ul>
          {requirement.checks.map((check) => (
            <li className="check" key={check.id}>
              <div className="check-head">
                <StateMark of={SHAPE[check.standing]} size={14} />
                <span className="mono small muted">{check.id}</span>
                <code className="wrap">{visibleText(check.what)}</code>
                <span className="check-standing small">{COUNTS[check.standing]}</span>
              </div>
              {check.reason ? <p className="check-reason small wrap">{visibleText(check.reason)}</p> : null}
              <Observations check={check} commands={commands} taskId={taskId} />
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}
