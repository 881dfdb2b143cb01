import { useQueryClient } from "@tanstack/react-query";
import { Link, Outlet, useRouterState } from "@tanstack/react-router";
import { type ReactElement, useEffect, useRef } from "react";
import { change } from "../api/client.ts";
import { useLive } from "../api/live.ts";
import { useOverview } from "../api/queries.ts";
import { count } from "../widgets/format.ts";
import { Icon, type IconName } from "../widgets/icon.tsx";
import { ModeBanner } from "./mode-banner.tsx";

const pages: readonly { readonly to: string; readonly label: string; readonly icon: IconName }[] = [
  { to: "/", label: "Overview", icon: "overview" },
  { to: "/endpoints", label: "Endpoints", icon: "endpoints" },
  { to: "/findings", label: "Findings", icon: "findings" },
  { to: "/changes", label: "Changes", icon: "changes" },
  { to: "/services", label: "Services", icon: "services" },
  { to: "/specifications", label: "Specifications", icon: "specifications" },
  { to: "/incidents", label: "Incidents", icon: "incidents" },
  { to: "/decisions", label: "Decisions", icon: "decisions" },
  { to: "/compliance", label: "Compliance", icon: "compliance" },
  { to: "/policy", label: "Policy", icon: "policy" },
];

/** What every page stands in: navigation, the mode in force, and the page itself. */
export function Shell(): ReactElement {
  const live = useLive(useQueryClient());
  const main = useFocusOnNavigation();

  return (
    <div className="min-h-screen lg:grid lg:grid-cols-[13rem_minmax(0,1fr)]">
      <a href="#main" className="button sr-only z-10 focus:not-sr-only focus:absolute focus:m-2">
        Skip to content
      </a>
      <Sidebar />
      <div className="min-w-0">
        <ModeBanner isLive={live} />
        <main
          id="main"
          ref={main}
          tabIndex={-1}
          className="mx-auto max-w-[88rem] px-4 py-5 lg:px-6"
        >
          <Outlet />
        </main>
      </div>
    </div>
  );
}

function Sidebar(): ReactElement {
  const client = useQueryClient();
  const { data: overview } = useOverview();
  const signOut = async (): Promise<void> => {
    await change("DELETE", "/api/session");
    client.clear();
    location.assign("/");
  };

  return (
    <div className="border-line bg-panel max-lg:border-b lg:border-r">
      <header className="flex flex-wrap items-center gap-x-3 px-3 py-2 lg:sticky lg:top-0 lg:h-screen lg:flex-col lg:flex-nowrap lg:items-stretch lg:py-4">
        <Link
          to="/"
          className="flex items-center gap-2 px-2 text-base font-semibold text-ink hover:no-underline lg:mb-4"
        >
          <img src="/merlon.svg" alt="" width="22" height="22" />
          Merlon
        </Link>
        <nav
          aria-label="Pages"
          className="flex gap-0.5 overflow-x-auto max-lg:order-last max-lg:w-full max-lg:pt-1 lg:flex-col"
        >
          {pages.map(({ to, label, icon }) => (
            <Link
              key={to}
              to={to}
              activeOptions={{ exact: to === "/" }}
              className="flex items-center gap-2.5 rounded-md px-2 py-1.5 whitespace-nowrap text-mute hover:bg-sunken hover:text-ink hover:no-underline max-lg:px-1.5"
              activeProps={{ className: "bg-sunken font-medium !text-ink", "aria-current": "page" }}
            >
              <Icon name={icon} className="max-lg:hidden" />
              {label}
              {to === "/incidents" && overview !== undefined && overview.incidentsOpen > 0 && (
                <span className="ml-auto rounded-full max-lg:hidden bg-severe px-1.5 text-[11px] leading-4 font-semibold text-on-severe tabular-nums">
                  {count(overview.incidentsOpen)}
                  <span className="sr-only"> open</span>
                </span>
              )}
            </Link>
          ))}
        </nav>
        <div className="ml-auto lg:mt-auto lg:ml-0">
          {overview !== undefined && (
            <p className="px-2 pb-2 text-xs break-all text-mute max-lg:hidden">
              {overview.upstreams.join(", ")}
            </p>
          )}
          <button
            type="button"
            className="flex w-full cursor-pointer items-center gap-2.5 rounded-md px-2 py-1.5 text-mute hover:bg-sunken hover:text-ink"
            onClick={() => void signOut()}
          >
            <Icon name="signOut" className="max-lg:hidden" />
            Sign out
          </button>
        </div>
      </header>
    </div>
  );
}

/** Somebody who moves by keyboard or hears the page starts at the new page's content. */
function useFocusOnNavigation(): React.RefObject<HTMLElement | null> {
  const main = useRef<HTMLElement>(null);
  const path = useRouterState({ select: ({ location: { pathname } }) => pathname });
  const previous = useRef(path);
  useEffect(() => {
    if (previous.current === path) return;
    previous.current = path;
    main.current?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }, [path]);
  return main;
}
