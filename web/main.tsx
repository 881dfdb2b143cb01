import { QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { ApiError } from "./api/client.ts";
import { createConsoleRouter } from "./app/router.tsx";
import { SessionGate } from "./session/session-gate.tsx";
import "./styles.css";

const client: QueryClient = new QueryClient({
  queryCache: new QueryCache({
    onError(error) {
      // The session has ended: back to signing in, from whatever page.
      if (error instanceof ApiError && error.status === 401) client.setQueryData(["session"], null);
    },
  }),
  defaultOptions: {
    queries: {
      retry: (failures, error) => !(error instanceof ApiError) && failures < 2,
      staleTime: 2_000,
    },
  },
});

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <SessionGate>
        <RouterProvider router={createConsoleRouter()} />
      </SessionGate>
    </QueryClientProvider>
  </StrictMode>,
);
