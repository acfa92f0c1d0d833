import { useQuery } from "@tanstack/react-query";
import { lazy, type ReactNode, Suspense, useEffect } from "react";
import "./shell.css";
import { queries } from "../api/queries.ts";
import { Composer } from "../inbox/composer.tsx";
import { announcement } from "../ui/announce.ts";
import { Dialog } from "../ui/dialog.tsx";
import { useWide } from "../ui/media.ts";
import { Toasts } from "../ui/toast.tsx";
import { useAttention, useFavicon } from "./attention.ts";
import { BottomBar } from "./bottom-bar.tsx";
import { HelpDialog } from "./help-dialog.tsx";
import { MoreSheet } from "./more-sheet.tsx";
import { openDialog } from "./open-dialog.ts";
import { PhoneDialog } from "./phone-dialog.tsx";
import { Sidebar } from "./sidebar.tsx";
import { StreamPill } from "./stream-pill.tsx";
import { useShortcuts } from "./use-shortcuts.ts";

const Palette = lazy(() => import("../palette/palette.tsx"));

/** What stands around every screen. */
export function Shell({ children }: { readonly children: ReactNode }) {
  const wide = useWide();
  const dialog = openDialog.use();
  const needed = useAttention();
  const { data: info } = useQuery(queries.info());
  const close = () => openDialog.set(null);
  useFavicon(needed);
  useShortcuts();
  // The composer stands on the page where there is room; its sheet would be a second one.
  useEffect(() => {
    if (wide && openDialog.get() === "more") openDialog.set(null);
  }, [wide]);
  return (
    <div className="shell">
      <a className="skip" href="#main">
        Skip to content
      </a>
      {wide ? (
        <Sidebar info={info ?? null} needed={needed} />
      ) : (
        <header className="top-bar">
          <span className="top-bar-name ellipsis">{info?.project_name ?? "pm"}</span>
          <StreamPill />
        </header>
      )}
      <main className="content" id="main">
        {children}
      </main>
      {wide ? null : <BottomBar needed={needed} />}
      {dialog === "help" ? <HelpDialog onClose={close} /> : null}
      {dialog === "phone" ? <PhoneDialog onClose={close} /> : null}
      {dialog === "more" ? <MoreSheet info={info ?? null} onClose={close} /> : null}
      {dialog === "composer" ? (
        <Dialog look="sheet" onClose={close} title="New task">
          <Composer autoFocus onDone={close} />
        </Dialog>
      ) : null}
      {dialog === "palette" ? (
        <Suspense>
          <Palette onClose={close} />
        </Suspense>
      ) : null}
      <Toasts />
      <div aria-live="polite" className="sr-only">
        {announcement.use()}
      </div>
    </div>
  );
}
