import { type ReactElement, useEffect, useRef, useState } from "react";

const pauseMs = 250;

/** A text filter that takes effect when the person pauses, and follows the URL when that changes. */
export function SearchBox(props: {
  readonly label: string;
  readonly value: string | undefined;
  readonly onChange: (value: string) => void;
  readonly className?: string;
}): ReactElement {
  const { value = "", onChange } = props;
  const [text, setText] = useState(value);
  const timer = useRef(0);
  useEffect(() => {
    setText(value);
    return () => window.clearTimeout(timer.current);
  }, [value]);

  return (
    <input
      type="search"
      aria-label={props.label}
      placeholder={props.label}
      className={`field ${value === "" ? "" : "border-accent"} ${props.className ?? ""}`}
      value={text}
      onChange={({ target }) => {
        setText(target.value);
        window.clearTimeout(timer.current);
        timer.current = window.setTimeout(() => onChange(target.value.trim()), pauseMs);
      }}
    />
  );
}
