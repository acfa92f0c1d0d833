import "./command-line.css";
import { CopyButton } from "./copy-button.tsx";

/** A command to be typed in a terminal, whole and copyable. */
export function CommandLine({ command }: { readonly command: string }) {
  return (
    <div className="command-line">
      <code>{command}</code>
      <CopyButton text={command} what={`the command ${command}`} />
    </div>
  );
}
