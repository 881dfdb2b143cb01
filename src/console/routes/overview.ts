import { Problem } from "../problem.ts";
import type { Route } from "../route.ts";
import { loginOf } from "./session.ts";

/** The state of the installation, once and as a stream. */
export const overviewRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/api/overview",
    access: "own-password",
    answer: async (_request, { overview }) => ({ status: 200, json: await overview.get() }),
  },
  {
    method: "GET",
    path: "/api/live",
    access: "own-password",
    async answer(request, { live, sessions }) {
      if (live.isFull) {
        throw new Problem(503, "Too many pages are open already.", { "retry-after": "10" });
      }
      const { session } = loginOf(request);
      return {
        stream: (response) => {
          response.writeHead(200, {
            "content-type": "text/event-stream",
            "cache-control": "no-store",
            "x-accel-buffering": "no",
          });
          // The page knows that it is connected before there is anything to tell.
          response.flushHeaders();
          live.add(response, () => sessions.isCurrent(session));
        },
      };
    },
  },
];
