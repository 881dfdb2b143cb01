import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactElement, useState } from "react";
import type { FindingsRequest } from "../../src/console/contract.ts";
import { change } from "../api/client.ts";
import { ConfirmDialog } from "../widgets/confirm-dialog.tsx";
import { count } from "../widgets/format.ts";
import { dayOf, endOfDayMs } from "./day.ts";

type Decision = "accept" | "fix" | "reopen" | "assign";

const titles: Readonly<Record<Decision, string>> = {
  accept: "Accept this risk?",
  fix: "Mark as fixed?",
  reopen: "Open again?",
  assign: "Assign",
};
const acceptDays = 90;
const dayMs = 86_400_000;

/** What can be decided about the selected findings. */
export function Decide(props: {
  readonly ids: readonly string[];
  readonly owners: readonly string[];
  readonly onDone: () => void;
}): ReactElement {
  const [decision, setDecision] = useState<Decision>();
  const { ids, owners, onDone } = props;
  const button = (what: Decision, label: string): ReactElement => (
    <button
      type="button"
      className="button"
      disabled={ids.length === 0}
      onClick={() => setDecision(what)}
    >
      {label}
    </button>
  );
  return (
    <div className="flex flex-wrap items-center gap-2" role="toolbar" aria-label="Decide">
      <span className="mr-1 text-mute tabular-nums">{count(ids.length)} selected</span>
      {button("assign", "Assign…")}
      {button("accept", "Accept…")}
      {button("fix", "Mark as fixed…")}
      {button("reopen", "Open again…")}
      {decision !== undefined && (
        <DecisionDialog
          decision={decision}
          ids={ids}
          owners={owners}
          onClose={(isDone) => {
            setDecision(undefined);
            if (isDone) onDone();
          }}
        />
      )}
    </div>
  );
}

function DecisionDialog(props: {
  readonly decision: Decision;
  readonly ids: readonly string[];
  readonly owners: readonly string[];
  readonly onClose: (isDone: boolean) => void;
}): ReactElement {
  const { decision, ids, owners, onClose } = props;
  const [reason, setReason] = useState("");
  const [until, setUntil] = useState(dayOf(Date.now() + acceptDays * dayMs));
  const [owner, setOwner] = useState("");
  const [due, setDue] = useState("");
  const client = useQueryClient();
  const { mutate, error, isPending } = useMutation({
    mutationFn: (request: FindingsRequest) => change("PUT", "/api/findings", request),
    onSuccess: async () => {
      await Promise.all(
        ["findings", "risk", "endpoint", "endpoints", "compliance"].map((key) =>
          client.invalidateQueries({ queryKey: [key] }),
        ),
      );
      onClose(true);
    },
  });
  const confirm = (): void =>
    mutate({ ids, ...requestOf(decision, { reason, until, owner, due }) });
  return (
    <ConfirmDialog
      title={titles[decision]}
      confirm={decision === "assign" ? "Assign" : "Confirm"}
      isBusy={isPending}
      error={error}
      onConfirm={confirm}
      onCancel={() => onClose(false)}
    >
      <p>
        For {count(ids.length)} {ids.length === 1 ? "finding" : "findings"}.
        {decision === "fix" && " New evidence opens a finding again."}
        {decision === "accept" && " A worse severity, or the day below, opens it again."}
      </p>
      {decision === "assign" ? (
        <>
          <Labelled label="Owner (empty: nobody)">
            <input
              className="field w-full"
              list="finding-owners"
              value={owner}
              onChange={({ target }) => setOwner(target.value)}
            />
          </Labelled>
          <datalist id="finding-owners">
            {owners.map((name) => (
              <option key={name} value={name} />
            ))}
          </datalist>
          <Labelled label="Due">
            <DayField value={due} onChange={setDue} />
          </Labelled>
        </>
      ) : (
        <Labelled label={decision === "accept" ? "Why it is borne" : "Note"}>
          <textarea
            className="field w-full"
            rows={3}
            value={reason}
            onChange={({ target }) => setReason(target.value)}
          />
        </Labelled>
      )}
      {decision === "accept" && (
        <Labelled label="Until">
          <DayField value={until} onChange={setUntil} />
        </Labelled>
      )}
    </ConfirmDialog>
  );
}

function requestOf(
  decision: Decision,
  given: {
    readonly reason: string;
    readonly until: string;
    readonly owner: string;
    readonly due: string;
  },
): Omit<FindingsRequest, "ids"> {
  const { reason, until, owner, due } = given;
  switch (decision) {
    case "accept":
      return { state: "accepted", reason, untilMs: endOfDayMs(until) };
    case "fix":
      return { state: "fixed", reason };
    case "reopen":
      return { state: "open", reason };
    case "assign":
      return { owner, dueMs: due === "" ? 0 : endOfDayMs(due) };
  }
}

function DayField(props: {
  readonly value: string;
  readonly onChange: (value: string) => void;
}): ReactElement {
  return (
    <input
      type="date"
      className="field"
      min={dayOf(Date.now())}
      value={props.value}
      onChange={({ target }) => props.onChange(target.value)}
    />
  );
}

function Labelled(props: {
  readonly label: string;
  readonly children: ReactElement;
}): ReactElement {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the child
    <label className="grid gap-1">
      <span className="text-mute">{props.label}</span>
      {props.children}
    </label>
  );
}
