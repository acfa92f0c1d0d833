import type { ButtonHTMLAttributes } from "react";
import "./button.css";

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly look?: "primary" | "plain" | "quiet" | "danger";
  /** Says that it is under way, and takes no second press. */
  readonly busy?: boolean;
}

export function Button({
  look = "plain",
  busy = false,
  className = "",
  children,
  onClick,
  ...rest
}: ButtonProps) {
  return (
    <button
      aria-busy={busy}
      className={`button button-${look} ${className}`}
      type="button"
      {...rest}
      // It stays focusable, so that the focus is not lost while it works.
      onClick={busy ? (event) => event.preventDefault() : onClick}
    >
      {children}
    </button>
  );
}
