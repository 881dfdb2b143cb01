import type { ReactElement } from "react";
import { words } from "./format.ts";

/** One filter of a list with few values. */
export function Choice(props: {
  readonly label: string;
  readonly value: string | undefined;
  readonly options: readonly string[];
  readonly onChange: (value: string) => void;
}): ReactElement {
  return (
    <select
      aria-label={props.label}
      className={`field ${props.value === undefined ? "" : "border-accent"}`}
      value={props.value ?? ""}
      onChange={({ target }) => props.onChange(target.value)}
    >
      <option value="">{props.label}</option>
      {props.options.map((option) => (
        <option key={option} value={option}>
          {words(option)}
        </option>
      ))}
    </select>
  );
}
