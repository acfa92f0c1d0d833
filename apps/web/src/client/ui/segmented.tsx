import { useId } from "react";
import "./segmented.css";

interface SegmentedProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly word: string }[];
  onPick(value: T): void;
}

/** One of a few: radio buttons, drawn as one strip. */
export function Segmented<T extends string>({ label, value, options, onPick }: SegmentedProps<T>) {
  const name = useId();
  return (
    <fieldset className="segmented">
      <legend className="sr-only">{label}</legend>
      {options.map((option) => (
        <label key={option.value}>
          <input
            checked={option.value === value}
            className="sr-only"
            name={name}
            onChange={() => onPick(option.value)}
            type="radio"
            value={option.value}
          />
          <span>{option.word}</span>
        </label>
      ))}
    </fieldset>
  );
}
