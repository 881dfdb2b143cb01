import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type ReactElement, useState } from "react";
import type { ExceptionRequest } from "../../src/console/contract.ts";
import { change } from "../api/client.ts";
import { ConfirmDialog } from "../widgets/confirm-dialog.tsx";
import { BreakableKey } from "../widgets/endpoint-name.tsx";
import { words } from "../widgets/format.ts";
import { Panel } from "../widgets/panel.tsx";

/** Offers the smallest exceptions that would have let the request pass, spelled out before saving. */
export function AllowThis(props: {
  readonly exceptions: readonly ExceptionRequest[];
  /** False: the request passes as it is, and an exception only keeps it from being reported. */
  readonly wouldBlock: boolean;
}): ReactElement {
  const [isAsking, setIsAsking] = useState(false);
  const [reason, setReason] = useState("");
  const client = useQueryClient();
  const { mutate, isPending, isSuccess, error } = useMutation({
    mutationFn: async () => {
      const given = reason.trim();
      for (const exception of props.exceptions) {
        await change("POST", "/api/exceptions", {
          ...exception,
          ...(given === "" ? {} : { reason: given }),
        });
      }
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["policy"] });
      setIsAsking(false);
    },
  });

  return (
    <Panel title="Was this honest?">
      {isSuccess ? (
        <p role="status" className="font-medium text-good">
          Saved and in force. Remove it under <Link to="/policy">Policy</Link>.
        </p>
      ) : (
        <>
          <p className="mb-3">
            {props.wouldBlock
              ? "The smallest exception lets it pass and leaves every other field and endpoint protected:"
              : "It passes as it is. An exception keeps it from being reported here:"}
          </p>
          <Exceptions exceptions={props.exceptions} />
          <button
            type="button"
            className="button button-primary mt-3"
            onClick={() => setIsAsking(true)}
          >
            Allow this
          </button>
        </>
      )}
      {isAsking && (
        <ConfirmDialog
          title="Allow this from now on?"
          confirm="Save exception"
          isBusy={isPending}
          error={error}
          onConfirm={() => mutate()}
          onCancel={() => setIsAsking(false)}
        >
          <Exceptions exceptions={props.exceptions} />
          <label className="block">
            <span className="mb-1 block font-medium">Why (for those who read it later)</span>
            <input
              className="field w-full"
              maxLength={1_000}
              value={reason}
              onChange={({ target }) => setReason(target.value)}
            />
          </label>
        </ConfirmDialog>
      )}
    </Panel>
  );
}

function Exceptions(props: { readonly exceptions: readonly ExceptionRequest[] }): ReactElement {
  return (
    <ul className="grid gap-2">
      {props.exceptions.map(({ detector, endpoint, field }) => (
        <li
          key={`${detector} ${field}`}
          className="rounded-md border border-line bg-sunken px-3 py-2 break-words"
        >
          <span className="font-medium">{words(detector)}</span> is let pass{" "}
          {field === undefined ? (
            "in every field"
          ) : (
            <>
              in <code className="break-all">{field}</code>
            </>
          )}{" "}
          of{" "}
          {endpoint === undefined ? (
            "every endpoint"
          ) : (
            <code className="code-text">
              <BreakableKey text={endpoint} />
            </code>
          )}
        </li>
      ))}
    </ul>
  );
}
