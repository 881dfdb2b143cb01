import { Link } from "@tanstack/react-router";
import type { ReactElement, ReactNode } from "react";
import type { Overview } from "../../src/console/contract.ts";
import { useOverview, usePolicy } from "../api/queries.ts";
import { count } from "../widgets/format.ts";
import { Icon, type IconName } from "../widgets/icon.tsx";
import { modeExceptionsOf } from "./mode-exceptions.ts";

/** Says plainly, on every page, whether anything is being blocked, and whether this is current. */
export function ModeBanner({ isLive }: { readonly isLive: boolean }): ReactElement {
  const { data: overview } = useOverview();
  const { data: policy } = usePolicy();
  return (
    <div role="status">
      {overview !== undefined && policy !== undefined && (
        <ModeInForce overview={overview} exceptions={modeExceptionsOf(policy)} />
      )}
      {!isLive && (
        <Banner tone="text-bad" icon="offline">
          <strong>Not connected.</strong> What is shown may be out of date; trying again.
        </Banner>
      )}
    </div>
  );
}

function ModeInForce(props: {
  readonly overview: Overview;
  readonly exceptions: string;
}): ReactElement {
  const { mode, blockedTotal, wouldBlockTotal } = props.overview;
  const { exceptions } = props;
  const change = <Link to="/policy">Change in policy</Link>;
  if (mode === "enforce") {
    return (
      <Banner tone="text-good" icon="policy">
        <strong>Enforcing{exceptions === "" ? "." : `, but not ${exceptions}.`}</strong> Attacks are
        blocked: {count(blockedTotal)} so far. {exceptions !== "" && change}
      </Banner>
    );
  }
  if (exceptions !== "") {
    return (
      <Banner tone="text-warn" icon="eye">
        <strong>
          {mode === "off" ? "Off" : "Observing"}, but {exceptions} enforced.
        </strong>{" "}
        {count(blockedTotal)} requests were blocked, {count(wouldBlockTotal)} more would have been.{" "}
        {change}
      </Banner>
    );
  }
  if (mode === "off") {
    return (
      <Banner tone="text-bad" icon="off">
        <strong>Off.</strong> Traffic passes unseen by every protection. {change}
      </Banner>
    );
  }
  return (
    <Banner tone="text-warn" icon="eye">
      <strong>Observing: nothing is blocked.</strong> {count(wouldBlockTotal)} requests would have
      been. {change}
    </Banner>
  );
}

function Banner(props: {
  readonly tone: string;
  readonly icon: IconName;
  readonly children: ReactNode;
}): ReactElement {
  return (
    <div className={`${props.tone} tint border-b`}>
      <p className="mx-auto flex max-w-[88rem] items-start gap-2 px-4 py-2 lg:px-6">
        <Icon name={props.icon} className="mt-0.5" />
        <span className="[&_a]:text-inherit [&_a]:underline">{props.children}</span>
      </p>
    </div>
  );
}
