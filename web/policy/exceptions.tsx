import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactElement, useState } from "react";
import type { PolicyView } from "../../src/console/contract.ts";
import { change } from "../api/client.ts";
import { ConfirmDialog } from "../widgets/confirm-dialog.tsx";
import { BreakableKey } from "../widgets/endpoint-name.tsx";
import { timeOf, words } from "../widgets/format.ts";
import { Notice } from "../widgets/notice.tsx";

type Exception = PolicyView["exceptions"][number];

/** What detectors let pass, and where; those of the console can be removed here. */
export function Exceptions(props: { readonly exceptions: readonly Exception[] }): ReactElement {
  const [leaving, setLeaving] = useState<Exception>();
  const client = useQueryClient();
  const { mutate, error, isPending, reset } = useMutation({
    mutationFn: (id: string) => change("DELETE", `/api/exceptions/${encodeURIComponent(id)}`),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["policy"] });
      setLeaving(undefined);
    },
  });
  if (props.exceptions.length === 0) {
    return (
      <Notice
        title="No exception."
        detail="Open a decision to allow an honest request from now on."
      />
    );
  }
  return (
    <>
      <table className="w-full">
        <thead>
          <tr>
            <th className="head-cell">Detector</th>
            <th className="head-cell">Only where</th>
            <th className="head-cell max-md:hidden">Why</th>
            <th className="head-cell">
              <span className="sr-only">Remove</span>
            </th>
          </tr>
        </thead>
        <tbody className="rows">
          {props.exceptions.map((exception) => (
            <ExceptionRow key={exception.id} exception={exception} onRemove={setLeaving} />
          ))}
        </tbody>
      </table>
      {leaving !== undefined && (
        <ConfirmDialog
          title="Remove this exception?"
          confirm="Remove"
          isBusy={isPending}
          error={error}
          onConfirm={() => mutate(leaving.id)}
          onCancel={() => {
            reset();
            setLeaving(undefined);
          }}
        >
          <p className="break-words">
            {words(leaving.detector)} counts again in {leaving.field ?? "every field"} of{" "}
            {leaving.endpoint ?? "every endpoint"}.
          </p>
        </ConfirmDialog>
      )}
    </>
  );
}

function ExceptionRow(props: {
  readonly exception: Exception;
  readonly onRemove: (exception: Exception) => void;
}): ReactElement {
  const { exception } = props;
  const { detector, endpoint, field, reason, createdMs, source } = exception;
  return (
    <tr>
      <td className="cell">{words(detector)}</td>
      <td className="cell">
        <code className="code-text block">{field ?? "every field"}</code>
        <code className="code-text block text-mute">
          <BreakableKey text={endpoint ?? "every endpoint"} />
        </code>
      </td>
      <td className="cell break-words max-md:hidden">
        {reason ?? <span className="text-mute">no reason given</span>}
        {createdMs !== undefined && (
          <span className="block text-xs text-mute">{timeOf(createdMs)}</span>
        )}
      </td>
      <td className="cell text-right whitespace-nowrap">
        {source === "file" ? (
          <span className="text-mute">from the file</span>
        ) : (
          <button type="button" className="button" onClick={() => props.onRemove(exception)}>
            Remove
          </button>
        )}
      </td>
    </tr>
  );
}
