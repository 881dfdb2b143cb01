import { Fragment, type ReactElement } from "react";

/** Method, path template and operation, in the type of code, breaking at slashes where it can. */
export function EndpointName(props: {
  readonly method: string;
  readonly path: string;
  readonly operation?: string | undefined;
}): ReactElement {
  return (
    <span className="code-text text-ink">
      <span className="font-semibold text-mute">{props.method}</span>{" "}
      <BreakableKey text={props.path} />
      {props.operation !== undefined && <span className="text-mute"> {props.operation}</span>}
    </span>
  );
}

/** A path or endpoint key that may be broken after each slash. */
export function BreakableKey({ text }: { readonly text: string }): ReactElement {
  const pieces = text.split("/");
  return (
    <>
      {pieces.map((piece, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text have no identity but their place
        <Fragment key={at}>
          {piece}
          {at < pieces.length - 1 && (
            <>
              /<wbr />
            </>
          )}
        </Fragment>
      ))}
    </>
  );
}
