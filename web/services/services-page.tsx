import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import type { ServiceCall } from "../../src/model/service-call.ts";
import { useServices } from "../api/queries.ts";
import { Badge } from "../widgets/badges.tsx";
import { count, timeAgo } from "../widgets/format.ts";
import { Loaded } from "../widgets/loaded.tsx";
import { Notice } from "../widgets/notice.tsx";
import { PageTitle } from "../widgets/page-title.tsx";
import { Panel } from "../widgets/panel.tsx";
import { HostMerges } from "./host-merges.tsx";
import { ServicePicture } from "./service-picture.tsx";

/** East-west traffic: which service calls which, and hosts that are one service. */
export function ServicesPage(): ReactElement {
  const query = useServices();
  return (
    <div className="grid gap-4">
      <PageTitle title="Services" hint="Which service calls which, from inside the network" />
      <Panel title="Calls between services">
        <Loaded query={query}>{({ items }) => <Calls calls={items} />}</Loaded>
      </Panel>
      <Panel title="Hosts of one API" aside="listed as one when you say so">
        <HostMerges />
      </Panel>
    </div>
  );
}

function Calls({ calls }: { readonly calls: readonly ServiceCall[] }): ReactElement {
  if (calls.length === 0) {
    return (
      <Notice
        title="No call from inside the network."
        detail="Callers with private addresses are listed here; those whose address serves a host are services."
      />
    );
  }
  return (
    <div className="grid gap-4">
      <ServicePicture calls={calls} />
      <div className="overflow-x-auto">
        <table className="w-full">
          <thead>
            <tr>
              <th className="head-cell">Caller</th>
              <th className="head-cell">Calls</th>
              <th className="head-cell text-right">Times</th>
              <th className="head-cell text-right max-sm:hidden">Last</th>
            </tr>
          </thead>
          <tbody className="rows">
            {calls.map(({ from, isService, to, calls: times, lastSeenMs }) => (
              <tr key={`${from} ${to}`}>
                <td className="cell [overflow-wrap:anywhere]">
                  {from} {!isService && <Badge>address</Badge>}
                </td>
                <td className="cell [overflow-wrap:anywhere]">
                  <Link to="/endpoints" search={{ host: to }}>
                    {to}
                  </Link>
                </td>
                <td className="cell text-right tabular-nums">{count(times)}</td>
                <td className="cell text-right whitespace-nowrap text-mute max-sm:hidden">
                  {timeAgo(lastSeenMs)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
