import type { Header } from "../../../src/model/exchange.ts";
import type { CaseRequest } from "../case.ts";
import type { Random } from "./random.ts";

/** Builds one honest request whose values programs and people put where they belong. */
type RequestBuilder = (random: Random) => CaseRequest;

/** A request with the headers that browsers, tools and tracing add. */
export function honestRequest(random: Random): CaseRequest {
  return random.pick(builders)(random);
}

const userAgents: readonly string[] = [
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36",
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148",
  "curl/8.9.1",
  "python-requests/2.32.3",
  "PostmanRuntime/7.42.0",
  "okhttp/4.12.0 (Android 14; it's fine)",
  "Go-http-client/2.0",
  "Amazon CloudFront",
  "Prometheus/2.54.1",
];

const cookies: readonly string[] = [
  "_ga=GA1.1.1234567890.1700000000; _gid=GA1.2.1.2; _fbp=fb.1.1700000000000.123",
  'OptanonConsent=isGpcEnabled=0&datestamp=Mon+Nov+24+2026+03%3A00%3A00+GMT%2B0000&groups=C0001%3A1%2CC0002%3A0; theme="dark"',
  "session=eyJ1c2VyIjoiTydCcmllbiJ9.ZzXx.abc-_; csrftoken=aB3-_",
  "prefs=%7B%22lang%22%3A%22en%22%2C%22q%22%3A%22it%27s%22%7D; a=1",
  "__cf_bm=abc.def_ghi-1700000000-1.0.1.1-x/y+z; mp_x_mixpanel=%7B%22distinct_id%22%3A%20%22a%22%7D",
];

const moreHeaders: readonly Header[] = [
  ["traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"],
  [
    "authorization",
    "AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE/20261124/eu-west-1/s3/aws4_request, SignedHeaders=host;x-amz-date, Signature=fe5f80f77d5fa3beca038a248ff027",
  ],
  ["authorization", "Basic TydCcmllbjpwYSdzcw=="],
  ["referer", 'https://shop.example/search?q=it\'s+"new"&sort=a,b#c'],
  ["if-none-match", 'W/"5d8c72a5edda8d6a:3239"'],
  ["accept", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"],
  ["x-request-id", "req_01J9;a=b"],
  ["forwarded", "for=192.0.2.60;proto=http;by=203.0.113.43"],
  ["content-language", "de, en"],
  ["range", "bytes=0-499, -500"],
  ["baggage", "userId=alice,serverNode=DF%2028,isProduction=false"],
  ["link", '<https://a.example/p?page=2>; rel="next", </style.css>; rel=preload'],
  ["origin", "http://localhost:3000"],
];

function requestOf(
  random: Random,
  method: string,
  target: string,
  body = "",
  contentType?: string,
): CaseRequest {
  const [path = "/", query = ""] = target.split("?", 2);
  const headers: Header[] = [
    ["host", "shop.example"],
    ["user-agent", random.pick(userAgents)],
    random.pick(moreHeaders),
  ];
  if (random.chance(0.5)) headers.push(["cookie", random.pick(cookies)]);
  if (contentType !== undefined) headers.push(["content-type", contentType]);
  const head = { method, scheme: "https", authority: "shop.example", path, query } as const;
  return { head: { ...head, httpVersion: "1.1", headers }, body: Buffer.from(body) };
}

const json = "application/json";

const targets: readonly string[] = [
  "/oauth/authorize?response_type=code&client_id=a&redirect_uri=https%3A%2F%2Fapp.example%2Fcb%3Fx%3D1&scope=openid%20email&state=a%2Fb%3D",
  "/oauth/authorize?redirect_uri=http%3A%2F%2F127.0.0.1%3A3000%2Fcallback&code_challenge=aB-_&client_id=cli",
  "/odata/Items?$filter=Name%20eq%20%27O%27%27Neil%27&$orderby=Price%20desc&$top=10&$select=Id,Name",
  "/items?filter=price%3E10%20AND%20brand:'x'&fields=id,name(first,last)&page[size]=5",
  "/items?where=%7B%22price%22%3A%7B%22%24gt%22%3A10%7D%7D&limit=5",
  "/files/2026/11/24/report%20(1).pdf?download=1",
  "/users/O'Brien/orders;v=2/12?expand=items,customer",
  "/search?q=select+a+size+from+the+table&utm_source=a&utm_medium=b%7Cc",
  "/proxy?url=https%3A%2F%2Fcdn.example%2Fa.png%3Fw%3D100&w=640&q=75",
  "/v1/projects/p/locations/-/operations?filter=done%3Dtrue%20AND%20metadata.type%3D%22x%22",
  "/maps/api?bbox=-1.5,48.1,2.3,49.9&layers=a|b|c&style=feature:road|color:0xff0000",
  "/_next/data/build/en/products/%5Bid%5D.json?id=12",
  "/.well-known/openid-configuration",
  "/assets/index-B2x_9.css.map",
];

const bodies: readonly string[] = [
  '{"action":"opened","issue":{"number":5,"title":"It\'s broken; can\'t select from <table>","body":"Steps:\\n1. run `npm test`\\n2. see error\\n\\n```\\nTypeError: x is not a function\\n    at f (a.js:1:2)\\n```","labels":[{"name":"bug"}]}}',
  '{"ref":"refs/heads/main","commits":[{"id":"9f86d08","message":"fix: don\'t drop \'where\' (#12)\\n\\nCo-authored-by: Ann <a@b.example>","added":["src/a.ts"],"removed":[]}]}',
  '{"id":"evt_1","type":"charge.succeeded","data":{"object":{"amount":2000,"currency":"eur","description":"Order #5 -- O\'Brien & Sons","receipt_url":"https://pay.example/receipts/a?s=ap"}}}',
  '{"csp-report":{"document-uri":"https://shop.example/","violated-directive":"script-src \'self\'","blocked-uri":"inline","original-policy":"default-src \'self\'; script-src \'self\' \'unsafe-inline\'; report-uri /csp"}}',
  '{"type":"event_callback","event":{"type":"message","text":"<@U123> it\'s done; see <https://a.example|link> &amp; reply","ts":"1700000000.000100"}}',
  '{"query":"query Items($after: String, $first: Int = 5) { items(first: $first, after: $after, filter: {price: {gt: 10}, name: \\"O\'Neil\\"}) { nodes { id name ... on Book { isbn } } pageInfo { endCursor } } }","variables":{"after":null}}',
  '{"template":"<h1>Hi {{name}}</h1><p>You\'ve paid $ {{amount}}; <a href=\\"{{url}}\\">see</a>.</p>","subject":"It\'s {{event}} -- don\'t miss out"}',
  '{"filter":{"price":{"$gt":10,"$lte":50},"brand":{"$in":["x","y"]}},"sort":{"createdAt":-1}}',
  '{"sql":"SELECT id, name FROM items WHERE price > 5 AND name LIKE \'a%\' ORDER BY name LIMIT 10"}',
  '{"code":"function add(a, b) {\\n  // it\'s simple\\n  return a + b;\\n}\\nconsole.log(add(1, 2));","language":"javascript"}',
  '{"url":"https://example.com/hook?x=1","events":["a.b","c.*"],"secret":"p\'a\\"ss;w0rd--"}',
  '{"message":"Traceback (most recent call last):\\n  File \\"/srv/app/main.py\\", line 3, in <module>\\n    f(\'x\')\\nKeyError: \'id\'","level":"error","tags":{"os":"Linux 6.1"}}',
  '[{"op":"replace","path":"/a/b~1c","value":"it\'s"},{"op":"remove","path":"/d"}]',
  '{"jsonrpc":"2.0","method":"eth_call","params":[{"to":"0xabc","data":"0x70a08231000000000000000000000000"},"latest"],"id":1}',
  '{"text":"Rating: 5/5 😀 it\'s great; \\"would buy again\\" -- O\'Brien","pros":["size (5\'11\\")","price < $10"],"cons":[]}',
];

const forms: readonly string[] = [
  "name=Ann+O%27Brien&comment=It%27s+ok%3B+don%27t+call+%26+thanks%21&q=1+or+2",
  "Body=Hi%2C+it%27s+me+--+call+back&From=%2B15550100&MessageSid=SM1&NumMedia=0",
  "grant_type=authorization_code&code=4%2F0AX4&redirect_uri=http%3A%2F%2Flocalhost%3A8080%2Fcb",
  "title=%22Union%22+%28select%29&tags=a%2Cb%7Cc&price=5.00",
];

const builders: readonly RequestBuilder[] = [
  (random) => requestOf(random, "GET", random.pick(targets)),
  (random) => requestOf(random, "POST", "/hooks/in", random.pick(bodies), json),
  (random) => requestOf(random, "PUT", "/items/12?v=2", random.pick(bodies), json),
  (random) =>
    requestOf(random, "POST", "/forms", random.pick(forms), "application/x-www-form-urlencoded"),
];
