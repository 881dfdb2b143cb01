import type { Route } from "../route.ts";

/** The inventory as an OpenAPI document to download. */
export const specificationRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/api/specification",
    access: "own-password",
    answer: async (_request, { backend }) => ({
      status: 200,
      text: await backend.specification(),
      headers: {
        "content-type": "application/yaml; charset=utf-8",
        "content-disposition": 'attachment; filename="openapi.yaml"',
      },
    }),
  },
];
