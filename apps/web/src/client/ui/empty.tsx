import type { ReactNode } from "react";
import "./empty.css";
import { CommandLine } from "./command-line.tsx";

interface EmptyProps {
  readonly title: string;
  readonly children?: ReactNode;
  /** The commands that would fill it. */
  readonly commands?: readonly string[];
}

/** Nothing is here, and what would change that. */
export function Empty({ title, children, commands = [] }: EmptyProps) {
  return (
    <div className="empty">
      <p className="empty-title">{title}</p>
      {children ? <div className="muted">{children}</div> : null}
      {commands.map((command) => (
        <CommandLine command={command} key={command} />
      ))}
    </div>
  );
}
