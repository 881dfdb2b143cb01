import { setTimeout as delay } from "node:timers/promises";
import { emailOf, pick, seedPassword, sequence } from "./database.ts";

export interface CustomersOptions {
  /** Where the shop is reached, gateway included: `http://127.0.0.1:8080`. */
  readonly origin: string;
  readonly requestsPerSecond: number;
  readonly signal: AbortSignal;
  /** How many requests to make; endless when missing. */
  readonly requestsMax?: number;
  readonly seed?: number;
}

/** What honest people type into a search box. */
const searches = [
  "chair",
  "O'Brien oak",
  "union select lamp",
  '9" pan',
  "kids' mug & bag",
  "blue -- or green?",
  "café; thé",
  "table < 50 €",
  "50% off",
  "R&D notebook",
];

const notes = [
  "",
  "please ring twice",
  "It's a gift for Zoë; don't include the bill",
  "Leave at neighbour's (no. 7 or 8), select whichever is home",
  "Tom & Jerry's flat, 2nd floor",
];

interface Customer {
  readonly id: number;
  readonly headers: Readonly<Record<string, string>>;
  token?: string;
}

type Step = (customer: Customer, random: () => number) => Request;

/** Behaves like the users of the shop's mobile app until stopped; gives the number of requests made. */
export async function runCustomers(options: CustomersOptions): Promise<number> {
  const { origin, requestsPerSecond, signal, requestsMax = Number.POSITIVE_INFINITY } = options;
  const random = sequence(options.seed ?? 7);
  const customers = Array.from({ length: 40 }, (_, at) => customerOf(at + 1));
  const steps = stepsOf(origin);
  let made = 0;

  while (!signal.aborted && made < requestsMax) {
    const customer = pick(customers, random);
    const request =
      customer.token === undefined
        ? login(origin, customer)
        : pick(steps, random)(customer, random);
    made += 1;
    try {
      const response = await fetch(request, { signal });
      await learnToken(customer, request, response);
    } catch (error) {
      if (signal.aborted) break;
      // A shop or gateway that is away is met with patience, as an app does.
      if (!(error instanceof TypeError)) throw error;
    }
    await pause((2 * random() * 1000) / requestsPerSecond, signal);
  }
  return made;
}

async function learnToken(customer: Customer, request: Request, response: Response): Promise<void> {
  if (request.url.endsWith("/login") && response.ok) {
    customer.token = ((await response.json()) as { token: string }).token;
    return;
  }
  if (response.status === 401) delete customer.token;
  await response.arrayBuffer();
}

async function pause(durationMs: number, signal: AbortSignal): Promise<void> {
  if (durationMs < 1) return;
  await delay(durationMs, undefined, { signal }).catch(() => undefined);
}

function isOldApp(customerId: number): boolean {
  return customerId % 3 === 0;
}

function customerOf(id: number): Customer {
  return {
    id,
    headers: {
      "user-agent": `ShopApp/${isOldApp(id) ? "2.9" : "4.2"} (${id % 2 === 0 ? "iPhone; iOS 19.1" : "Android 16; Pixel 9"})`,
      "accept-language": pick(["en", "de-DE", "pt-PT", "fr"], () => (id % 4) / 4),
      // The customers come from the internet, through a load balancer that the gateway trusts.
      "x-forwarded-for": `203.0.113.${id}`,
    },
  };
}

function login(origin: string, customer: Customer): Request {
  return jsonRequest(`${origin}/api/v2/login`, customer, {
    email: emailOf(customer.id),
    password: seedPassword,
  });
}

function jsonRequest(url: string, customer: Customer, body: unknown): Request {
  return new Request(url, {
    method: "POST",
    headers: { ...headersOf(customer), "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}

function headersOf(customer: Customer): Record<string, string> {
  return customer.token === undefined
    ? { ...customer.headers }
    : { ...customer.headers, authorization: `Bearer ${customer.token}` };
}

function stepsOf(origin: string): readonly Step[] {
  const get =
    (path: (random: () => number, customer: Customer) => string): Step =>
    (customer, random) =>
      new Request(origin + path(random, customer), { headers: headersOf(customer) });
  const productId = (random: () => number): number => 1 + Math.floor(random() * 200);

  return [
    get((random) => `/api/v2/products?page=${1 + Math.floor(random() * 9)}`),
    get((random) => `/api/v2/products?q=${encodeURIComponent(pick(searches, random))}`),
    get(
      (random) => `/api/v2/products?category=${pick(["home", "kitchen", "office"], random)}&page=1`,
    ),
    get((random) => `/api/v2/products/${productId(random)}`),
    get((random) => `/api/v2/products/${productId(random)}`),
    get((random) => `/api/v2/products/${productId(random)}`),
    get(() => "/api/v2/users/me"),
    get(() => "/api/v2/orders"),
    // Version 2.9 of the app is still on some phones and calls version 1 of the API, without a token.
    (customer, random) => {
      const path = isOldApp(customer.id)
        ? `/api/v1/products?product_id=${productId(random)}`
        : "/health";
      return new Request(origin + path, { headers: { ...customer.headers } });
    },
    (customer, random) =>
      jsonRequest(`${origin}/api/v2/orders`, customer, {
        productId: productId(random),
        quantity: 1 + Math.floor(random() * 3),
        note: pick(notes, random),
      }),
    (customer, random) =>
      jsonRequest(`${origin}/graphql`, customer, {
        query: "query Search($q: String) { products(search: $q, first: 5) { id name price } }",
        variables: { q: pick(searches, random) },
      }),
    (customer, random) => stockRequest(origin, customer, productId(random)),
  ];
}

function stockRequest(origin: string, customer: Customer, productId: number): Request {
  return new Request(`${origin}/soap/stock`, {
    method: "POST",
    headers: {
      ...headersOf(customer),
      "content-type": "text/xml; charset=utf-8",
      soapaction: '"urn:shop:stock#GetStock"',
    },
    body: `<?xml version="1.0"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><GetStock xmlns="urn:shop:stock"><productId>${productId}</productId></GetStock></soap:Body></soap:Envelope>`,
  });
}
