import type { Route } from "../route.ts";

/** East-west traffic: which service calls which. */
export const serviceRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/api/services",
    access: "own-password",
    answer: async (_request, { backend }) => ({
      status: 200,
      json: { items: backend.inventory.serviceCalls() },
    }),
  },
];
