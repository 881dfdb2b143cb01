import type { ReactElement } from "react";

/** Method, path template and operation, in the type of code, breaking anywhere rather than overflowing. */
export function EndpointName(props: {
  readonly method: string;
  readonly path: string;
  readonly operation?: string | undefined;
}): ReactElement {
  return (
    <span className="font-mono text-[13px] break-all">
      <span className="font-semibold">{props.method}</span> {props.path}
      {props.operation !== undefined && <span className="text-mute"> {props.operation}</span>}
    </span>
  );
}
