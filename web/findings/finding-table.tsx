import { type ReactElement, useState } from "react";
import type { Finding } from "../../src/risk/finding.ts";
import { Badge, SeverityBadge } from "../widgets/badges.tsx";
import { BreakableKey } from "../widgets/endpoint-name.tsx";
import { dayOf } from "./day.ts";
import { FindingDetail } from "./finding-detail.tsx";

/** The list to work through; a row opens to show evidence, remedy and history. */
export function FindingTable(props: {
  readonly findings: readonly Finding[];
  readonly selected: ReadonlySet<string>;
  readonly onToggle: (ids: readonly string[], isOn: boolean) => void;
}): ReactElement {
  const { findings, selected, onToggle } = props;
  const ids = findings.map(({ id }) => id);
  return (
    <table className="w-full">
      <thead>
        <tr>
          <th className="head-cell w-8">
            <input
              type="checkbox"
              aria-label="Select all findings shown"
              checked={ids.every((id) => selected.has(id))}
              onChange={({ target }) => onToggle(ids, target.checked)}
            />
          </th>
          <th className="head-cell">Severity</th>
          <th className="head-cell">Finding</th>
          <th className="head-cell text-right max-sm:hidden">Points</th>
          <th className="head-cell max-md:hidden">State</th>
          <th className="head-cell max-lg:hidden">Owner</th>
          <th className="head-cell max-lg:hidden">Due</th>
        </tr>
      </thead>
      <tbody className="rows">
        {findings.map((finding) => (
          <FindingRow
            key={finding.id}
            finding={finding}
            isSelected={selected.has(finding.id)}
            onToggle={(isOn) => onToggle([finding.id], isOn)}
          />
        ))}
      </tbody>
    </table>
  );
}

function FindingRow(props: {
  readonly finding: Finding;
  readonly isSelected: boolean;
  readonly onToggle: (isOn: boolean) => void;
}): ReactElement {
  const { finding, isSelected, onToggle } = props;
  const [isOpen, setIsOpen] = useState(false);
  const { id, severity, title, endpoint, points, endpointScore, owner, dueMs } = finding;
  return (
    <>
      <tr>
        <td className="cell">
          <input
            type="checkbox"
            aria-label={`Select: ${title} ${endpoint}`}
            checked={isSelected}
            onChange={({ target }) => onToggle(target.checked)}
          />
        </td>
        <td className="cell">
          <SeverityBadge severity={severity} />
        </td>
        <td className="cell">
          <button
            type="button"
            className="cursor-pointer text-left font-medium hover:underline"
            aria-expanded={isOpen}
            aria-controls={`finding-${id}`}
            onClick={() => setIsOpen(!isOpen)}
          >
            {title}
          </button>
          <code className="code-text block text-mute">
            <BreakableKey text={endpoint} />
          </code>
        </td>
        <td className="cell text-right whitespace-nowrap tabular-nums max-sm:hidden">
          {points} <span className="text-mute">of {endpointScore}</span>
        </td>
        <td className="cell max-md:hidden">
          <StateBadge finding={finding} />
        </td>
        <td className="cell max-lg:hidden">{owner ?? <span className="text-mute">nobody</span>}</td>
        <td className="cell whitespace-nowrap max-lg:hidden">
          <DueDay dueMs={dueMs} isOpen={finding.state === "open"} />
        </td>
      </tr>
      {isOpen && (
        <tr id={`finding-${id}`}>
          <td colSpan={7} className="cell bg-sunken">
            <FindingDetail finding={finding} />
          </td>
        </tr>
      )}
    </>
  );
}

function StateBadge({ finding }: { readonly finding: Finding }): ReactElement {
  const { state, acceptance, reopened } = finding;
  if (acceptance !== undefined) return <Badge>accepted until {dayOf(acceptance.untilMs)}</Badge>;
  if (state === "fixed") return <Badge tone="good">fixed</Badge>;
  return reopened > 0 ? <Badge tone="warn">reopened</Badge> : <Badge>open</Badge>;
}

function DueDay(props: {
  readonly dueMs: number | undefined;
  readonly isOpen: boolean;
}): ReactElement | null {
  const { dueMs, isOpen } = props;
  if (dueMs === undefined) return null;
  const isOverdue = isOpen && dueMs < Date.now();
  return <span className={isOverdue ? "font-medium text-bad" : ""}>{dayOf(dueMs)}</span>;
}
