/**
 * Ink as a function from elements to rows. Its frames go into memory, and `screen.ts` puts them on the terminal: Ink's own
 * writer erases the scrollback where a frame is high, draws nothing where CI is set, and reads keys that arrive with text wrongly.
 */
import { EventEmitter } from "node:events";
import { render } from "ink";
import type { LiveModel } from "./live-model.ts";
import { LiveRegion } from "./live-region.tsx";

/** The part of a terminal that Ink asks for. */
class Memory extends EventEmitter {
  columns = 80;
  last = "";

  write(frame: string): boolean {
    this.last = frame;
    return true;
  }
}

/** @returns the rows of the live region at a width. */
export function createInkFrames(): (model: LiveModel, columns: number) => readonly string[] {
  const memory = new Memory();
  const stdout = memory as unknown as NodeJS.WriteStream;
  let instance: ReturnType<typeof render> | null = null;
  return (model, columns) => {
    memory.columns = columns;
    const element = <LiveRegion model={model} />;
    if (instance === null) {
      // `debug` makes Ink hand over each frame whole and at once; screen-reader mode has no frames.
      const options = { debug: true, patchConsole: false, exitOnCtrlC: false, isScreenReaderEnabled: false };
      instance = render(element, { stdout, ...options });
    } else instance.rerender(element);
    return memory.last.split("\n");
  };
}
