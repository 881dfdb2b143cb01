import type { ReactElement } from "react";
import type { Parameter, SensitiveData } from "../../src/model/endpoint.ts";
import { count, percent, words } from "../widgets/format.ts";

export function Parameters(props: { readonly parameters: readonly Parameter[] }): ReactElement {
  return (
    <EvidenceTable
      empty="No parameter seen."
      heads={["Name", "In", "Type", "Required", "Evidence"]}
      rows={props.parameters.map((parameter) => ({
        key: `${parameter.in}:${parameter.name}`,
        cells: [
          parameter.name,
          parameter.in,
          parameter.type,
          parameter.required ? "yes" : "no",
          `${count(parameter.samples)} samples, ${percent(parameter.confidence)} sure`,
        ],
      }))}
    />
  );
}

export function SensitiveDataList(props: {
  readonly items: readonly SensitiveData[];
}): ReactElement {
  return (
    <EvidenceTable
      empty="None seen."
      heads={["Where", "In", "Class", "Evidence"]}
      rows={props.items.map((item) => ({
        key: `${item.in}:${item.name}:${item.class}`,
        cells: [
          item.name,
          item.in,
          words(item.class),
          `${count(item.samples)} samples, ${percent(item.confidence)} sure`,
        ],
      }))}
    />
  );
}

/** The first column is a name that a client or the API chose; it is shown as code. */
function EvidenceTable(props: {
  readonly empty: string;
  readonly heads: readonly string[];
  readonly rows: readonly { readonly key: string; readonly cells: readonly string[] }[];
}): ReactElement {
  if (props.rows.length === 0) return <p className="px-4 pb-4 text-mute">{props.empty}</p>;
  return (
    <table className="w-full">
      <thead>
        <tr>
          {props.heads.map((head) => (
            <th key={head} className="px-3 py-1.5">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {props.rows.map(({ key, cells }) => (
          <tr key={key}>
            {cells.map((cell, at) => (
              <td
                key={props.heads[at]}
                className={`cell ${at === 0 ? "font-mono text-[13px] break-all" : ""}`}
              >
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
