import type { ReactElement } from "react";
import type { Parameter, SensitiveData } from "../../src/model/endpoint.ts";
import { count, percent, words } from "../widgets/format.ts";

/** Parameters with their learned types. */
export function Parameters(props: { readonly parameters: readonly Parameter[] }): ReactElement {
  return (
    <EvidenceTable
      empty="No parameter seen."
      heads={["Name", "Type", "Required", "Evidence"]}
      rows={props.parameters.map((parameter) => ({
        key: `${parameter.in}:${parameter.name}`,
        name: parameter.name,
        place: parameter.in,
        cells: [
          parameter.type,
          parameter.required ? "yes" : "no",
          `${count(parameter.samples)} samples, ${percent(parameter.confidence)} sure`,
        ],
      }))}
    />
  );
}

/** Where an endpoint carries sensitive data. */
export function SensitiveDataList(props: {
  readonly items: readonly SensitiveData[];
}): ReactElement {
  return (
    <EvidenceTable
      empty="None seen."
      heads={["Where", "Class", "Evidence"]}
      rows={props.items.map((item) => ({
        key: `${item.in}:${item.name}:${item.class}`,
        name: item.name,
        place: item.in,
        cells: [
          words(item.class),
          `${count(item.samples)} samples, ${percent(item.confidence)} sure`,
        ],
      }))}
    />
  );
}

/** The first column is a name that a client or the API chose, as code, and where it stood. */
function EvidenceTable(props: {
  readonly empty: string;
  readonly heads: readonly string[];
  readonly rows: readonly {
    readonly key: string;
    readonly name: string;
    readonly place: string;
    readonly cells: readonly string[];
  }[];
}): ReactElement {
  if (props.rows.length === 0) return <p className="px-4 pb-4 text-mute">{props.empty}</p>;
  return (
    <table className="w-full">
      <thead>
        <tr>
          {props.heads.map((head) => (
            <th key={head} className="head-cell">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {props.rows.map(({ key, name, place, cells }) => (
          <tr key={key}>
            <td className="cell">
              <code className="block text-xs [overflow-wrap:anywhere]">{name}</code>
              <span className="text-xs text-mute">{place}</span>
            </td>
            {cells.map((cell, at) => (
              <td key={props.heads[at + 1]} className="cell">
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
