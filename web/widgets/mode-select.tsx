import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ReactElement } from "react";
import type { ModeRequest } from "../../src/console/contract.ts";
import type { Mode } from "../../src/model/decision.ts";
import { change } from "../api/client.ts";

const explanations: Readonly<Record<Mode, string>> = {
  off: "Off means that nothing is inspected here.",
  observe: "Observing means that nothing is blocked here.",
  enforce: "Enforcing blocks every request that a protection objects to, from now on.",
};

/** Switches a mode after asking once; shows the new one only when every worker runs it. */
export function ModeSelect(props: {
  readonly label: string;
  readonly mode: Mode;
  readonly scope: Omit<ModeRequest, "mode">;
}): ReactElement {
  const client = useQueryClient();
  const { mutate, isPending, error } = useMutation({
    mutationFn: (mode: Mode) =>
      change("PUT", "/api/policy/mode", { ...props.scope, mode } satisfies ModeRequest),
    onSettled: () => client.invalidateQueries(),
  });

  return (
    <span>
      <select
        aria-label={props.label}
        className="field"
        value={props.mode}
        disabled={isPending}
        onChange={({ target }) => {
          const mode = target.value as Mode;
          if (window.confirm(`${props.label}: ${mode}?\n\n${explanations[mode]}`)) mutate(mode);
        }}
      >
        <option value="off">off</option>
        <option value="observe">observe</option>
        <option value="enforce">enforce</option>
      </select>
      {error !== null && (
        <span role="alert" className="ml-2 text-bad">
          {error.message}
        </span>
      )}
    </span>
  );
}
