import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type ReactElement, useState } from "react";
import type { ModeRequest } from "../../src/console/contract.ts";
import type { Mode } from "../../src/model/decision.ts";
import { change } from "../api/client.ts";
import { ConfirmDialog } from "./confirm-dialog.tsx";

const modes = ["off", "observe", "enforce"] as const;

const consequences: Readonly<Record<Mode, string>> = {
  off: "Requests are no longer inspected here: nothing is reported and nothing is blocked.",
  observe: "Requests are inspected and reported here, and nothing is blocked.",
  enforce: "Requests that a protection objects to are blocked here from now on.",
};

const activeTones: Readonly<Record<Mode, string>> = {
  off: "bg-sunken text-bad",
  observe: "bg-sunken text-warn",
  enforce: "bg-accent text-on-accent",
};

/** Switches a mode after asking once; shows the new one only when every worker runs it. */
export function ModeSwitch(props: {
  /** What is switched: `Mode of everything`. */
  readonly label: string;
  readonly mode: Mode;
  readonly scope: Omit<ModeRequest, "mode">;
}): ReactElement {
  const [wanted, setWanted] = useState<Mode>();
  const client = useQueryClient();
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: (mode: Mode) =>
      change("PUT", "/api/policy/mode", { ...props.scope, mode } satisfies ModeRequest),
    onSuccess: async () => {
      await client.invalidateQueries();
      setWanted(undefined);
    },
  });
  const close = (): void => {
    reset();
    setWanted(undefined);
  };

  return (
    <>
      <fieldset
        aria-label={props.label}
        className="inline-flex overflow-hidden rounded-md border border-line bg-panel"
      >
        {modes.map((mode) => (
          <button
            key={mode}
            type="button"
            aria-pressed={mode === props.mode}
            className={`cursor-pointer border-line px-3 py-1 font-medium not-first:border-l ${mode === props.mode ? activeTones[mode] : "text-mute hover:bg-sunken"}`}
            onClick={() => mode !== props.mode && setWanted(mode)}
          >
            {mode}
          </button>
        ))}
      </fieldset>
      {wanted !== undefined && (
        <ConfirmDialog
          title={`${props.label}: ${wanted}`}
          confirm={`Switch to ${wanted}`}
          danger={wanted === "off"}
          isBusy={isPending}
          error={error}
          onConfirm={() => mutate(wanted)}
          onCancel={close}
        >
          <p>{consequences[wanted]}</p>
          {wanted === "enforce" && (
            <p className="text-mute">
              Look at <Link to="/decisions">what would have been blocked</Link> first: an honest
              request among it needs an exception.
            </p>
          )}
        </ConfirmDialog>
      )}
    </>
  );
}
