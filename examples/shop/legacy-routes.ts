import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import type { DatabaseSync } from "node:sqlite";
import type { Answer, Route, ShopRequest } from "./route.ts";

/**
 * Version 1, deprecated, forgotten and not in openapi.yaml, with two real vulnerabilities: the
 * identifier is pasted into the SQL text (CWE-89), and the label printer pastes the product's name
 * into a shell command (CWE-78), so that whoever controls the query's result controls the shell.
 */
export function legacyRoutes(database: DatabaseSync, labKey?: string): readonly Route[] {
  return [
    {
      method: "GET",
      path: /^\/api\/v1\/products$/,
      answer(request) {
        const id = request.query.get("product_id");
        if (id === null) return legacy(400, { error: "product_id is required" });

        const rows = database
          .prepare(`SELECT id, name, price, description FROM products WHERE id = ${id}`)
          .all();
        if (request.query.get("label") === null) return legacy(200, { products: rows });
        return legacy(200, { label: printLabel(String(rows[0]?.["name"]), request, labKey) });
      },
    },
  ];
}

function legacy(status: number, body: unknown): Answer {
  return {
    status,
    headers: { deprecation: "@1735689600", "access-control-allow-origin": "*" },
    body,
  };
}

function printLabel(name: string, { headers }: ShopRequest, labKey: string | undefined): string {
  if (labKey === undefined || headers["x-lab-key"] !== labKey) return `label queued: ${name}`;

  const { stdout } = spawnSync("/bin/sh", ["-c", `echo Label: ${name}`], {
    cwd: tmpdir(),
    env: { PATH: "/usr/bin:/bin" },
    timeout: 1000,
    encoding: "utf8",
  });
  return stdout;
}
