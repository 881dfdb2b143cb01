import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ReactElement } from "react";
import type { PolicyView } from "../../src/console/contract.ts";
import { change } from "../api/client.ts";
import { words } from "../widgets/format.ts";

export function Exceptions(props: { readonly exceptions: PolicyView["exceptions"] }): ReactElement {
  const client = useQueryClient();
  const { mutate, error } = useMutation({
    mutationFn: (id: string) => change("DELETE", `/api/exceptions/${encodeURIComponent(id)}`),
    onSettled: () => client.invalidateQueries({ queryKey: ["policy"] }),
  });
  if (props.exceptions.length === 0) {
    return (
      <p className="px-4 pb-4 text-mute">
        None. Open a decision to allow an honest request from now on.
      </p>
    );
  }
  return (
    <>
      <table className="w-full">
        <thead>
          <tr>
            {["Detector", "Endpoint", "Field", "Reason", ""].map((name) => (
              <th key={name} className="px-3 py-2">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.exceptions.map((exception) => (
            <tr key={exception.id}>
              <td className="cell">{words(exception.detector)}</td>
              <td className="cell font-mono text-[13px] break-all">
                {exception.endpoint ?? "every"}
              </td>
              <td className="cell font-mono text-[13px] break-all">{exception.field ?? "every"}</td>
              <td className="cell">{exception.reason ?? "–"}</td>
              <td className="cell text-right">
                {exception.source === "file" ? (
                  <span className="text-mute">from the file</span>
                ) : (
                  <button type="button" className="button" onClick={() => mutate(exception.id)}>
                    Remove
                  </button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {error !== null && (
        <p role="alert" className="p-3 text-bad">
          {error.message}
        </p>
      )}
    </>
  );
}
