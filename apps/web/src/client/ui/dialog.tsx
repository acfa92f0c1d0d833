import { type ReactNode, useEffect, useRef } from "react";
import "./dialog.css";
import { Button } from "./button.tsx";
import { CloseIcon } from "./icons.tsx";

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** `sheet`: from the bottom on a phone. */
  readonly look?: "window" | "sheet" | "palette";
  readonly bare?: boolean;
}

/** The browser's own dialog: it keeps the focus inside, closes on Escape, and gives the focus back. */
export function Dialog({ title, onClose, children, look = "window", bare = false }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = ref.current;
    const before = document.activeElement;
    if (dialog && !dialog.open) dialog.showModal();
    return () => {
      dialog?.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard's way is Escape, which the dialog brings itself
    <dialog
      aria-label={title}
      className={`dialog dialog-${look}`}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => event.target === ref.current && onClose()}
      ref={ref}
    >
      <div className="dialog-body">
        {bare ? null : (
          <header className="dialog-head">
            <h2>{title}</h2>
            <Button aria-label="Close" className="button-icon" look="quiet" onClick={onClose}>
              <CloseIcon />
            </Button>
          </header>
        )}
        {children}
      </div>
    </dialog>
  );
}
