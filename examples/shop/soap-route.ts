import type { DatabaseSync } from "node:sqlite";
import { SaxesParser } from "saxes";
import type { Answer, Route } from "./route.ts";

/** `POST /soap/stock`: one SOAP 1.1 operation, `GetStock`, for the warehouse. */
export function soapRoute(database: DatabaseSync): Route {
  return {
    method: "POST",
    path: /^\/soap\/stock$/,
    answer({ body }) {
      const productId = textOf(body, "productId");
      if (productId === undefined)
        return envelope(
          500,
          "<soap:Fault><faultstring>productId is required</faultstring></soap:Fault>",
        );
      const found = database.prepare("SELECT stock FROM products WHERE id = ?").get(productId);
      return envelope(
        200,
        `<GetStockResponse xmlns="urn:shop:stock"><stock>${found?.["stock"] ?? 0}</stock></GetStockResponse>`,
      );
    },
  };
}

function textOf(xml: string, element: string): string | undefined {
  let inside = false;
  let text: string | undefined;
  const parser = new SaxesParser();
  parser.on("opentag", ({ name }) => {
    inside = name === element || name.endsWith(`:${element}`);
  });
  parser.on("text", (value) => {
    if (inside) text = value;
  });
  parser.on("closetag", () => {
    inside = false;
  });
  parser.on("error", () => undefined);
  parser.write(xml).close();
  return text;
}

function envelope(status: number, content: string): Answer {
  return {
    status,
    headers: { "content-type": "text/xml; charset=utf-8" },
    body: `<?xml version="1.0"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>${content}</soap:Body></soap:Envelope>`,
  };
}
