import type { ReactElement } from "react";
import type { Authentication } from "../../src/model/endpoint.ts";
import { Badge } from "../widgets/badges.tsx";
import { count, percent, words } from "../widgets/format.ts";

/** Whether credentials are required, with the counts that this was concluded from. */
export function AuthenticationEvidence(props: {
  readonly authentication: Authentication;
}): ReactElement {
  const { kinds, confidence, counts } = props.authentication;
  const rows = [
    ["With credentials", counts.successWith, counts.refusedWith],
    ["Without", counts.successWithout, counts.refusedWithout],
  ] as const;
  return (
    <div className="grid gap-3">
      <p className="flex flex-wrap items-center gap-2">
        <Verdict authentication={props.authentication} />
        <span className="text-mute">{percent(confidence)} sure</span>
        {kinds.map((kind) => (
          <Badge key={kind}>{words(kind)}</Badge>
        ))}
      </p>
      <table className="w-full">
        <thead>
          <tr>
            <th>Calls</th>
            <th className="text-right">Answered</th>
            <th className="text-right">Refused</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, answered, refused]) => (
            <tr key={name}>
              <td className="border-t border-line py-1.5">{name}</td>
              <td className="border-t border-line py-1.5 text-right tabular-nums">
                {count(answered)}
              </td>
              <td className="border-t border-line py-1.5 text-right tabular-nums">
                {count(refused)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Verdict({ authentication }: { readonly authentication: Authentication }): ReactElement {
  if (authentication.required === undefined) return <Badge>not known yet</Badge>;
  if (authentication.required) return <Badge tone="good">required</Badge>;
  return <Badge tone="bad">none: it answers anyone</Badge>;
}
