import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useOverview } from "../api/queries.ts";
import { count } from "../widgets/format.ts";

/** Says plainly, on every page, whether anything is being blocked. */
export function ModeBanner(): ReactElement | null {
  const { data } = useOverview();
  if (data === undefined) return null;

  if (data.mode === "enforce") {
    return (
      <Banner tone="bg-good">
        <strong>Enforcing.</strong> Attacks are blocked: {count(data.blockedTotal)} so far.
      </Banner>
    );
  }
  if (data.mode === "off") {
    return (
      <Banner tone="bg-bad">
        <strong>Off.</strong> Traffic passes unseen by any protection.
      </Banner>
    );
  }
  return (
    <Banner tone="bg-warn">
      <strong>Observing: nothing is blocked.</strong> {count(data.wouldBlockTotal)} requests would
      have been.{" "}
      <Link to="/policy" className="font-medium !text-inherit underline">
        Change in policy
      </Link>
    </Banner>
  );
}

function Banner(props: {
  readonly tone: string;
  readonly children: React.ReactNode;
}): ReactElement {
  return (
    <div role="status" className={`${props.tone} text-panel`}>
      <p className="mx-auto max-w-7xl px-4 py-1.5">{props.children}</p>
    </div>
  );
}
