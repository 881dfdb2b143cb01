import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactElement, ReactNode } from "react";
import { Notice } from "./notice.tsx";

/** Shows fetched data, or plainly that it is still coming or failed. */
export function Loaded<Data>(props: {
  readonly query: UseQueryResult<Data>;
  readonly children: (data: Data) => ReactNode;
}): ReactElement {
  const { data, error, refetch } = props.query;
  if (data !== undefined) return <>{props.children(data)}</>;
  if (error !== null) {
    const retry = (): void => void refetch();
    return <Notice title="This could not be loaded." detail={error.message} onRetry={retry} />;
  }
  return (
    <p role="status" className="px-4 py-8 text-center text-mute">
      Loading…
    </p>
  );
}
