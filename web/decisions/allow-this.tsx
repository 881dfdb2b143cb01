import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ReactElement } from "react";
import type { ExceptionRequest } from "../../src/console/contract.ts";
import { change } from "../api/client.ts";
import { Facts } from "../widgets/facts.tsx";
import { words } from "../widgets/format.ts";
import { Panel } from "../widgets/panel.tsx";

/** Offers the smallest exceptions that would have let the request pass, spelled out before saving. */
export function AllowThis(props: {
  readonly exceptions: readonly ExceptionRequest[];
}): ReactElement {
  const client = useQueryClient();
  const { mutate, isPending, isSuccess, error } = useMutation({
    mutationFn: async () => {
      for (const exception of props.exceptions) {
        await change("POST", "/api/exceptions", {
          ...exception,
          reason: "Accepted in the console",
        });
      }
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ["policy"] }),
  });

  return (
    <Panel title="Was this honest?" aside="The smallest exception that would have let it pass">
      <div className="grid gap-3">
        {props.exceptions.map((exception) => (
          <Facts
            key={`${exception.detector} ${exception.field}`}
            facts={[
              ["Detector", words(exception.detector)],
              [
                "Only at endpoint",
                <code key="endpoint">{exception.endpoint ?? "every endpoint"}</code>,
              ],
              ["Only in field", <code key="field">{exception.field ?? "every field"}</code>],
            ]}
          />
        ))}
        {isSuccess ? (
          <p role="status" className="font-medium text-good">
            Saved. It is in force now; remove it under Policy.
          </p>
        ) : (
          <button
            type="button"
            className="button justify-self-start"
            disabled={isPending}
            onClick={() => mutate()}
          >
            Allow this from now on
          </button>
        )}
        {error !== null && (
          <p role="alert" className="text-bad">
            {error.message}
          </p>
        )}
      </div>
    </Panel>
  );
}
