import { useQueryClient } from "@tanstack/react-query";
import { Link, Outlet } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { change } from "../api/client.ts";
import { useLive } from "../api/queries.ts";
import { ModeBanner } from "./mode-banner.tsx";

const pages = [
  { to: "/", label: "Overview" },
  { to: "/endpoints", label: "Endpoints" },
  { to: "/incidents", label: "Incidents" },
  { to: "/decisions", label: "Decisions" },
  { to: "/policy", label: "Policy" },
] as const;

export function Shell(): ReactElement {
  const client = useQueryClient();
  useLive(client);
  const signOut = async (): Promise<void> => {
    await change("DELETE", "/api/session");
    client.clear();
    location.assign("/");
  };

  return (
    <div className="min-h-screen">
      <a href="#main" className="sr-only focus:not-sr-only">
        Skip to content
      </a>
      <header className="border-b border-line bg-panel">
        <div className="mx-auto flex max-w-7xl flex-wrap items-center gap-x-6 gap-y-1 px-4 py-2">
          <Link to="/" className="flex items-center gap-2 font-semibold text-ink no-underline">
            <img src="/merlon.svg" alt="" width="22" height="22" />
            Merlon
          </Link>
          <nav aria-label="Pages" className="flex flex-wrap gap-x-1">
            {pages.map(({ to, label }) => (
              <Link
                key={to}
                to={to}
                activeOptions={{ exact: to === "/" }}
                className="rounded px-2.5 py-1.5 text-mute hover:bg-sunken hover:text-ink"
                activeProps={{
                  className: "bg-sunken font-medium !text-ink",
                  "aria-current": "page",
                }}
              >
                {label}
              </Link>
            ))}
          </nav>
          <button
            type="button"
            className="ml-auto cursor-pointer text-mute hover:text-ink"
            onClick={() => void signOut()}
          >
            Sign out
          </button>
        </div>
      </header>
      <ModeBanner />
      <main id="main" className="mx-auto max-w-7xl px-4 py-5">
        <Outlet />
      </main>
    </div>
  );
}
