/** An API invented for the benchmark; parameters carry the style of their values: `{owner:name}`. */
export interface SyntheticApi {
  readonly name: string;
  readonly host: string;
  readonly operations: readonly string[];
}

const lines = (text: string): readonly string[] =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");

/** Shapes that the public specifications at hand lack: two slugs in a row, custom verbs, tenants, locales. */
export const syntheticApis: readonly SyntheticApi[] = [
  {
    name: "code hosting",
    host: "code.example",
    operations: lines(`GET /api/v1/user
      GET /api/v1/user/emails
      POST /api/v1/user/emails
      GET /api/v1/user/keys
      DELETE /api/v1/user/keys/{id:int}
      GET /api/v1/users/search
      GET /api/v1/users/{username:name}
      GET /api/v1/users/{username:name}/followers
      GET /api/v1/users/{username:name}/repos
      GET /api/v1/users/{username:name}/heatmap
      GET /api/v1/orgs
      POST /api/v1/orgs
      GET /api/v1/orgs/{org:slug}
      PATCH /api/v1/orgs/{org:slug}
      GET /api/v1/orgs/{org:slug}/members
      GET /api/v1/orgs/{org:slug}/members/{username:name}
      GET /api/v1/orgs/{org:slug}/teams/search
      GET /api/v1/repos/search
      POST /api/v1/repos/migrate
      GET /api/v1/repos/{owner:name}/{repo:project}
      PATCH /api/v1/repos/{owner:name}/{repo:project}
      DELETE /api/v1/repos/{owner:name}/{repo:project}
      GET /api/v1/repos/{owner:name}/{repo:project}/branches
      GET /api/v1/repos/{owner:name}/{repo:project}/branches/{branch:branch}
      GET /api/v1/repos/{owner:name}/{repo:project}/issues
      POST /api/v1/repos/{owner:name}/{repo:project}/issues
      GET /api/v1/repos/{owner:name}/{repo:project}/issues/{index:int}
      GET /api/v1/repos/{owner:name}/{repo:project}/issues/{index:int}/comments
      DELETE /api/v1/repos/{owner:name}/{repo:project}/issues/{index:int}/labels/{id:int}
      GET /api/v1/repos/{owner:name}/{repo:project}/pulls/{index:int}.diff
      GET /api/v1/repos/{owner:name}/{repo:project}/commits/{sha:sha}/status
      GET /api/v1/repos/{owner:name}/{repo:project}/contents/{file:file}
      GET /api/v1/repos/{owner:name}/{repo:project}/releases/latest
      GET /api/v1/repos/{owner:name}/{repo:project}/releases/tags/{tag:semver}
      GET /api/v1/repos/{owner:name}/{repo:project}/topics
      PUT /api/v1/repos/{owner:name}/{repo:project}/topics/{topic:word}
      GET /api/v1/packages/{owner:name}/{type:word}/{name:project}/{version:semver}
      GET /api/v1/topics/search
      GET /api/v1/version
      POST /api/v1/markdown/raw`),
  },
  {
    name: "shop",
    host: "shop.example",
    operations: lines(`GET /api/v1/products
      GET /api/v1/products/search
      GET /api/v1/products/{slug:slug}
      GET /api/v1/products/{slug:slug}/reviews
      POST /api/v1/products/{slug:slug}/reviews
      GET /api/v2/products/{id:uuid}
      GET /api/v2/products/{id:uuid}/stock
      GET /api/v1/categories/{category:word}
      GET /api/v1/categories/{category:word}/products
      GET /api/v1/orders
      POST /api/v1/orders
      GET /api/v1/orders/{id:order}
      POST /api/v1/orders/{id:order}/cancel
      POST /api/v1/orders/{id:order}/refund
      POST /api/v1/orders:batchGet
      GET /api/v1/orders/export.csv
      GET /api/v1/customers/me
      PATCH /api/v1/customers/me
      GET /api/v1/customers/me/addresses
      GET /api/v1/customers/{id:nano}
      GET /api/v1/customers/{id:nano}/orders
      GET /api/v1/coupons/{code:coupon}
      GET /api/v1/reports/{year:year}/{month:month}/{day:month}
      GET /api/v1/exchange-rates/{currency:currency}
      GET /{locale:locale}/pages/{page:slug}
      GET /api/v1/baskets/current
      POST /api/v1/baskets/{id:base36}/items
      DELETE /api/v1/baskets/{id:base36}/items/{sku:sku}
      POST /api/v1/payments/{id:prefixed}:capture
      POST /api/v1/payments/{id:prefixed}:refund`),
  },
  {
    name: "cluster",
    host: "cluster.example:6443",
    operations: lines(`GET /api/v1/namespaces
      GET /api/v1/namespaces/{namespace:slug}
      GET /api/v1/namespaces/{namespace:slug}/pods
      GET /api/v1/namespaces/{namespace:slug}/pods/{name:pod}
      DELETE /api/v1/namespaces/{namespace:slug}/pods/{name:pod}
      GET /api/v1/namespaces/{namespace:slug}/pods/{name:pod}/log
      GET /api/v1/namespaces/{namespace:slug}/services/{name:slug}
      GET /api/v1/namespaces/{namespace:slug}/configmaps/{name:slug}
      PUT /api/v1/namespaces/{namespace:slug}/configmaps/{name:slug}
      GET /api/v1/namespaces/{namespace:slug}/secrets
      GET /api/v1/nodes
      GET /api/v1/nodes/{name:hostname}
      GET /api/v1/nodes/{name:hostname}/status
      GET /apis/apps/v1/namespaces/{namespace:slug}/deployments
      GET /apis/apps/v1/namespaces/{namespace:slug}/deployments/{name:slug}
      PATCH /apis/apps/v1/namespaces/{namespace:slug}/deployments/{name:slug}
      PUT /apis/apps/v1/namespaces/{namespace:slug}/deployments/{name:slug}/scale
      GET /apis/batch/v1/namespaces/{namespace:slug}/cronjobs
      GET /apis/batch/v1/namespaces/{namespace:slug}/cronjobs/{name:slug}
      GET /healthz
      GET /version`),
  },
  {
    name: "clinic",
    host: "clinic.example",
    operations: lines(`GET /fhir/Patient/{id:hex}
      PUT /fhir/Patient/{id:hex}
      GET /fhir/Patient
      GET /fhir/Observation/{id:uuid}
      GET /fhir/Observation
      POST /fhir/Observation
      GET /fhir/Encounter/{id:ulid}
      GET /fhir/metadata
      GET /{tenant:tenant}/appointments
      POST /{tenant:tenant}/appointments
      GET /{tenant:tenant}/appointments/{id:objectid}
      GET /{tenant:tenant}/appointments/{date:date}/slots
      POST /{tenant:tenant}/appointments/{id:objectid}/confirm
      GET /{tenant:tenant}/staff/{email:email}
      GET /{tenant:tenant}/staff/self
      GET /{tenant:tenant}/rooms/{room:room}
      GET /{tenant:tenant}/settings/opening-hours
      GET /{tenant:tenant}/settings/notifications
      GET /weather/{position:coordinates}
      GET /countries/{country:country}
      GET /countries/{country:country}/holidays/{year:year}`),
  },
  {
    name: "remote calls",
    host: "calls.example",
    operations: lines(`POST /rpc/getUser
      POST /rpc/createUser
      POST /rpc/deleteUser
      POST /rpc/listInvoices
      POST /rpc/getInvoice
      POST /rpc/sendInvoice
      POST /rpc/markInvoicePaid
      POST /rpc/resetPassword
      POST /rpc/auth.login
      POST /rpc/auth.logout
      POST /rpc/files.upload
      POST /rpc/files.delete
      GET /webhooks/{id:snowflake}/{token:token}
      POST /webhooks/{id:snowflake}/{token:token}
      GET /channels/{id:snowflake}/messages
      GET /channels/{id:snowflake}/messages/{message:snowflake}
      PUT /channels/{id:snowflake}/messages/{message:snowflake}/reactions/{emoji:emoji}/@me
      GET /users/@me
      PATCH /users/@me
      GET /users/{id:snowflake}
      GET /gateway/bot
      GET /v2/accounts/{iban:iban}/transactions
      GET /v2/devices/{mac:mac}
      GET /v2/domains/{domain:domain}/records
      GET /v2/songs/{uri:uri}`),
  },
  {
    name: "other identifiers",
    host: "ids.example",
    operations: lines(`GET /v3/events
      GET /v3/events/{id:ksuid}
      POST /v3/events/{id:ksuid}/acknowledge
      GET /v3/wallets/{address:base58}
      GET /v3/wallets/{address:base58}/transfers
      GET /v3/articles/{slug:slugid}
      GET /v3/articles/{slug:slugid}/comments
      POST /v3/articles/{slug:slugid}/comments
      GET /v3/articles/trending
      GET /v3/questions/{slug:idslug}
      GET /v3/questions/{slug:idslug}/answers
      GET /v3/accounts/{key:composite}
      PATCH /v3/accounts/{key:composite}
      GET /v3/accounts/{key:composite}/limits
      GET /v3/builds/{commit:hashprefix}
      GET /v3/builds/{commit:hashprefix}/log
      GET /v3/builds/latest
      GET /v3/weather/{at:geo}
      GET /v3/weather/{at:geo}/forecast
      GET /v3/rates/{day:isodate}
      GET /v3/rates/today
      GET /v3/people/{email:email}
      GET /v3/people/{email:email}/devices
      GET /v3/people/me
      GET /v3/players/{name:camelname}
      GET /v3/players/{name:camelname}/matches
      GET /v3/players/topScorers
      GET /v3/tracks/{id:nano}
      GET /v3/tracks/{id:nano}/waveform.json
      GET /v3/sessions/{id:ulid}
      DELETE /v3/sessions/{id:ulid}
      GET /v3/messages/{id:snowflake}
      GET /v3/status`),
  },
];
