import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactElement, ReactNode } from "react";
import { Notice } from "./notice.tsx";

/** Shows fetched data, or plainly that it is still coming or failed. */
export function Loaded<Data>(props: {
  readonly query: UseQueryResult<Data>;
  readonly children: (data: Data) => ReactNode;
}): ReactElement {
  const { data, error } = props.query;
  if (data !== undefined) return <>{props.children(data)}</>;
  if (error !== null) return <Notice title="This could not be loaded." detail={error.message} />;
  return <p className="text-mute">Loading…</p>;
}
