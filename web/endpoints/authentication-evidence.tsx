import type { ReactElement } from "react";
import type { Authentication, CredentialCarrier, TokenFacts } from "../../src/model/endpoint.ts";
import { Badge } from "../widgets/badges.tsx";
import { Facts } from "../widgets/facts.tsx";
import { count, duration, percent, words } from "../widgets/format.ts";

/** Whether credentials are required, with the counts that this was concluded from. */
export function AuthenticationEvidence(props: {
  readonly authentication: Authentication;
}): ReactElement {
  const { kinds, confidence, counts, carriers = [], tokens } = props.authentication;
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
      <Carriers carriers={carriers} />
      {tokens !== undefined && <Tokens tokens={tokens} />}
    </div>
  );
}

/** The same experiment for each place that a credential stood at. */
function Carriers(props: { readonly carriers: readonly CredentialCarrier[] }): ReactElement | null {
  if (props.carriers.length === 0) return null;
  return (
    <ul className="grid gap-1">
      {props.carriers.map((carrier) => (
        <li key={`${carrier.in} ${carrier.name}`}>
          <code className="code-text">{carrier.name}</code>{" "}
          <span className="text-mute">
            {carrier.in}, {carrier.kinds.map(words).join(", ")}: {carrier.verdict};{" "}
            {percent(carrier.shareWith ?? 0)} of {count(carrier.successWith + carrier.refusedWith)}{" "}
            answered with it
            {carrier.shareWithout !== undefined &&
              `, ${percent(carrier.shareWithout)} without any credential`}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** What tokens said; nothing of it was verified. */
function Tokens({ tokens }: { readonly tokens: TokenFacts }): ReactElement {
  const { algorithms, issuers, audiences, scopes, lifetimeSecondsMax, withoutExpiry } = tokens;
  const facts: (readonly [string, string])[] = [["Algorithms", Object.keys(algorithms).join(", ")]];
  if (issuers.length > 0) facts.push(["Issuers", issuers.join(", ")]);
  if (audiences.length > 0) facts.push(["Audiences", audiences.join(", ")]);
  if (scopes.length > 0) facts.push(["Scopes", scopes.join(", ")]);
  if (lifetimeSecondsMax !== undefined) {
    facts.push(["Live for", `at most ${duration(lifetimeSecondsMax * 1_000)}`]);
  }
  if (withoutExpiry > 0) facts.push(["Never end", `${count(withoutExpiry)} calls`]);
  if (tokens.expired > 0) facts.push(["Taken after their end", `${count(tokens.expired)} calls`]);
  return <Facts facts={facts} />;
}

function Verdict({ authentication }: { readonly authentication: Authentication }): ReactElement {
  const { verdict } = authentication;
  if (verdict === "mixed") return <Badge tone="warn">mixed: some are answered without</Badge>;
  if (verdict === "optional") return <Badge tone="bad">optional: it answers anyone</Badge>;
  if (verdict === "ignored") return <Badge tone="bad">ignored: nobody is ever refused</Badge>;
  if (authentication.required === undefined) return <Badge>not known yet</Badge>;
  if (authentication.required) return <Badge tone="good">required</Badge>;
  return <Badge tone="bad">none: it answers anyone</Badge>;
}
