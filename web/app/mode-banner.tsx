import { Link } from "@tanstack/react-router";
import type { ReactElement, ReactNode } from "react";
import type { Overview } from "../../src/console/contract.ts";
import { useOverview } from "../api/queries.ts";
import { count } from "../widgets/format.ts";
import { Icon, type IconName } from "../widgets/icon.tsx";

/** Says plainly, on every page, whether anything is being blocked, and whether this is current. */
export function ModeBanner({ isLive }: { readonly isLive: boolean }): ReactElement {
  const { data } = useOverview();
  return (
    <div role="status">
      {data !== undefined && <ModeInForce overview={data} />}
      {!isLive && (
        <Banner tone="text-bad" icon="offline">
          <strong>Not connected.</strong> What is shown may be out of date; trying again.
        </Banner>
      )}
    </div>
  );
}

function ModeInForce({ overview }: { readonly overview: Overview }): ReactElement {
  if (overview.mode === "enforce") {
    return (
      <Banner tone="text-good" icon="policy">
        <strong>Enforcing.</strong> Attacks are blocked: {count(overview.blockedTotal)} so far.
      </Banner>
    );
  }
  if (overview.mode === "off") {
    return (
      <Banner tone="text-bad" icon="off">
        <strong>Off.</strong> Traffic passes unseen by every protection.{" "}
        <Link to="/policy">Change in policy</Link>
      </Banner>
    );
  }
  return (
    <Banner tone="text-warn" icon="eye">
      <strong>Observing: nothing is blocked.</strong> {count(overview.wouldBlockTotal)} requests
      would have been. <Link to="/policy">Change in policy</Link>
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
