import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import type { SpecificationDrift } from "../../src/console/contract.ts";
import type { DriftItem } from "../../src/discovery/lifecycle-drift.ts";
import { BreakableKey } from "../widgets/endpoint-name.tsx";
import { count } from "../widgets/format.ts";

const itemsShown = 50;

/** Where a specification and traffic disagree, what is worst first. */
export function DriftView({ drift }: { readonly drift: SpecificationDrift }): ReactElement {
  const parts: readonly (readonly [string, readonly DriftItem[]])[] = [
    ["Authentication is not as documented", drift.authentication],
    ["Called, but not documented", drift.undocumented],
    ["Parameters and bodies against the specification", drift.contradicted],
    ["Deprecated, and still used", drift.deprecatedInUse],
    ["Documented, never called", drift.uncalled],
    ["Parameters and bodies in part", drift.differing],
  ];
  const isSame = parts.every(([, items]) => items.length === 0);
  return (
    <div className="grid gap-2">
      <p>
        {count(drift.operations)} operations, {count(drift.agreed)} of them called.
        {isSame && " Traffic and specification agree."}
      </p>
      {parts.map(([title, items]) => (
        <DriftItems key={title} title={title} items={items} />
      ))}
    </div>
  );
}

function DriftItems(props: {
  readonly title: string;
  readonly items: readonly DriftItem[];
}): ReactElement | null {
  const { title, items } = props;
  if (items.length === 0) return null;
  return (
    <details open={items.length <= 10}>
      <summary className="cursor-pointer font-medium">
        {title}: {count(items.length)}
      </summary>
      <ul className="mt-1 grid gap-1 pl-4">
        {items.slice(0, itemsShown).map(({ endpointId, endpoint, evidence }) => (
          <li key={`${endpoint} ${evidence}`}>
            {endpointId === undefined ? (
              <code className="code-text">
                <BreakableKey text={endpoint} />
              </code>
            ) : (
              <Link to="/endpoints/$id" params={{ id: endpointId }}>
                <code className="code-text">
                  <BreakableKey text={endpoint} />
                </code>
              </Link>
            )}{" "}
            <span className="text-mute">{evidence}</span>
          </li>
        ))}
        {items.length > itemsShown && <li>and {count(items.length - itemsShown)} more</li>}
      </ul>
    </details>
  );
}
