import { type ReactNode, useEffect, useRef } from "react";
import "./page.css";
import { useAttention } from "./attention.ts";

interface PageProps {
  /** Of the heading and, with what needs the person, of the tab. */
  readonly title: string;
  readonly heading?: ReactNode;
  /** Beside the heading. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

let visited = false;

/** One screen: its heading gets the focus when one comes to it from another screen, so that it is read out. */
export function Page({ title, heading, actions, children }: PageProps) {
  const ref = useRef<HTMLHeadingElement>(null);
  const needed = useAttention();
  useEffect(() => {
    document.title = `${needed > 0 ? `● ${needed} need${needed === 1 ? "s" : ""} you – ` : ""}${title === "Inbox" ? "" : `${title} – `}pm`;
  }, [title, needed]);
  useEffect(() => {
    if (visited) ref.current?.focus({ preventScroll: true });
    visited = true;
  }, []);
  return (
    <>
      <header className="page-head">
        <h1 ref={ref} tabIndex={-1}>
          {heading ?? title}
        </h1>
        {actions ? <div className="page-actions">{actions}</div> : null}
      </header>
      {children}
    </>
  );
}
