import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { change } from "../api/client.ts";
import { useHosts } from "../api/queries.ts";
import { percent } from "../widgets/format.ts";
import { Loaded } from "../widgets/loaded.tsx";

/** Hosts that are listed as one, and those that look as if they should be. */
export function HostMerges(): ReactElement {
  const query = useHosts();
  const client = useQueryClient();
  const { mutate, isPending, error } = useMutation({
    mutationFn: ({ host, into }: { readonly host: string; readonly into: string | undefined }) => {
      const path = `/api/hosts/${encodeURIComponent(host)}`;
      return into === undefined ? change("DELETE", path) : change("PUT", path, { into });
    },
    onSuccess: () => client.invalidateQueries(),
  });
  return (
    <Loaded query={query}>
      {({ merges, suggestions }) => (
        <div className="grid gap-2">
          {merges.length + suggestions.length === 0 && (
            <p className="text-mute">
              Every host is listed by itself, and none looks like another.
            </p>
          )}
          {merges.map(({ host, into }) => (
            <p key={host} className="flex flex-wrap items-center gap-2">
              <code className="code-text">{host}</code> is listed under
              <code className="code-text">{into}</code>
              <button
                type="button"
                className="button"
                disabled={isPending}
                onClick={() => mutate({ host, into: undefined })}
              >
                Separate
              </button>
            </p>
          ))}
          {suggestions.map(({ host, into, shared, likeness }) => (
            <p key={host} className="flex flex-wrap items-center gap-2">
              <code className="code-text">{host}</code> looks like
              <code className="code-text">{into}</code>
              <span className="text-mute">
                {shared} endpoints in common, {percent(likeness)} of its own
              </span>
              <button
                type="button"
                className="button"
                disabled={isPending}
                onClick={() => mutate({ host, into })}
              >
                List as one
              </button>
            </p>
          ))}
          {error !== null && (
            <p role="alert" className="text-bad">
              {error.message}
            </p>
          )}
        </div>
      )}
    </Loaded>
  );
}
