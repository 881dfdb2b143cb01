import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { documentedSegmentsOf } from "../documented-operations.ts";
import { HostPaths } from "./host-paths.ts";
import { segmentsOf } from "./segments.ts";

const limits = { placesMax: 20_000, candidatesMax: 256 };

/** Templates that the paths are told to be, after all of them were seen. */
function templatesOf(paths: readonly string[]): readonly string[] {
  const host = pathsOf(paths);
  return [...new Set(paths.map((path) => templateOf(host, path)))].sort();
}

function pathsOf(paths: readonly string[], hostLimits: typeof limits = limits): HostPaths {
  const host = new HostPaths(hostLimits);
  for (const path of paths) {
    const segments = segmentsOf(path);
    if (segments !== undefined) host.observe(segments, "GET");
    if (host.isDue) host.refresh();
  }
  host.refresh();
  return host;
}

function templateOf(host: HostPaths, path: string): string {
  const segments = segmentsOf(path);
  return (segments && host.find(segments, false)?.place.template) ?? "none";
}

const times = <Value>(count: number, make: (at: number) => Value): Value[] =>
  Array.from({ length: count }, (_, at) => make(at));

const slugs =
  "red-chair blue-lamp old-table warm-shirt cold-shoe soft-pillow loud-drum green-mug tiny-clock heavy-guitar wild-carpet fresh-basket".split(
    " ",
  );

describe("path templates", () => {
  test("name a parameter after the segment before it", () => {
    const paths = ["/users/1", "/users/2", "/users/1/orders/9f8ff8bf-0c0a-43af-89e2-8e4a6e6e4d6b"];
    expect(templatesOf(paths)).toEqual(["/users/{userId}", "/users/{userId}/orders/{orderId}"]);
  });

  test("find slugs of dictionary words among literals", () => {
    const paths = [
      ...slugs.map((slug) => `/products/${slug}`),
      ...times(30, () => "/products/search"),
    ];
    expect(templatesOf(paths)).toEqual(["/products/search", "/products/{product}"]);
  });

  test("keep literals of several words, however they are written", () => {
    const literals = [
      "/api/passwordReset",
      "/api/password-reset",
      "/api/early_fraud_warnings",
      "/api/users.list",
      "/api/createUser",
      "/api/deleteUser",
      "/api/getInvoice",
      "/api/sendInvoice",
    ];
    expect(templatesOf(literals.flatMap((path) => times(5, () => path)))).toEqual(
      literals.toSorted(),
    );
  });

  test("find user names", () => {
    const names =
      "annsmith ben.jones clara_weiss david22 elenarossi f.moreau greta-park hugo99".split(" ");
    const paths = names.flatMap((name) => [`/users/${name}`, `/users/${name}/followers`]);
    expect(templatesOf(paths)).toEqual(["/users/{user}", "/users/{user}/followers"]);
  });

  test.each(["me", "self", "current", "search", "@me"])("keep `%s` beside identifiers", (word) => {
    const paths = [
      ...times(60, (at) => `/users/${1_000 + at}`),
      ...times(12, () => `/users/${word}`),
    ];
    expect(templatesOf(paths)).toEqual([`/users/${word}`, "/users/{userId}"].toSorted());
  });

  test("keep versions apart", () => {
    const paths = times(40, (at) => `/v${1 + (at % 2)}/orders/${at}`);
    expect(templatesOf(paths)).toEqual(["/v1/orders/{orderId}", "/v2/orders/{orderId}"]);
  });

  test("keep a number that is a version", () => {
    expect(templatesOf(times(20, (at) => `/1/boards/${100 + at}`))).toEqual([
      "/1/boards/{boardId}",
    ]);
  });

  test("take releases of something else for values", () => {
    const paths = times(20, (at) => `/apis/${at}/versions/v${at % 4}.${at}.0`);
    expect(templatesOf(paths)).toEqual(["/apis/{apiId}/versions/{version}"]);
  });

  test("take a date in three segments for three parameters", () => {
    const paths = times(24, (at) => `/reports/${2020 + (at % 5)}/${1 + (at % 12)}/${1 + at}`);
    expect(templatesOf(paths)).toEqual(["/reports/{reportId}/{id}/{id2}"]);
  });

  test("keep the representation behind a value", () => {
    const paths = times(20, (at) => [`/posts/${at}.json`, `/posts/${at}`]).flat();
    expect(templatesOf(paths)).toEqual(["/posts/{postId}", "/posts/{postId}.json"]);
  });

  test("take file names with their endings for values", () => {
    const endings = ["pdf", "png", "csv", "json", "txt", "zip"];
    const paths = slugs.map((slug, at) => `/backups/${slug}.${endings[at % endings.length]}`);
    expect(templatesOf(paths)).toEqual(["/backups/{backup}"]);
  });

  test("keep verbs behind identifiers and custom methods", () => {
    const paths = times(20, (at) => [
      `/orders/${at}/cancel`,
      `/orders/${at}:refund`,
      "/orders:batchGet",
    ]).flat();
    expect(templatesOf(paths)).toEqual([
      "/orders/{orderId}/cancel",
      "/orders/{orderId}:refund",
      "/orders:batchGet",
    ]);
  });

  test("ignore slashes at the end, empty segments and matrix parameters", () => {
    const paths = ["/users/1", "/users/2/", "//users//3", "/users/4;v=2", "/users;x=1/5"];
    expect(templatesOf(paths)).toEqual(["/users/{userId}"]);
  });

  test("decode segments but not slashes in them", () => {
    expect(templatesOf(times(5, (at) => `/files/a%2Fb%20${at}`))).toEqual(["/files/{fileId}"]);
    expect(templatesOf(["/us%65rs"])).toEqual(["/users"]);
  });

  test("refuse paths that climb", () => {
    expect(segmentsOf("/a/../b")).toBeUndefined();
  });

  test("keep literals that differ in case apart", () => {
    expect(templatesOf(["/Patient", "/patient"])).toEqual(["/Patient", "/patient"]);
  });

  test.each([
    ["ULID", (at: number) => `01ARZ3NDEKTSV4RRFFQ69G5F${String(at).padStart(2, "0")}`],
    ["nanoid", (at: number) => `V1StGXR8_Z5jdHi6B-my${at}`],
    ["KSUID", (at: number) => `0ujtsYcgvSTl8PAuAdqWYSMnLO${at}`],
    ["base58", (at: number) => `3J98t1WpEZ73CNmQviecrnyiWrnqRhWNL${at}`],
    ["snowflake", (at: number) => `15420912345678901${at}`],
    ["slug with an id", (at: number) => `red-chair-and-table-${at}`],
    ["composite key", (at: number) => `eu:order:${at}`],
    ["hash prefix", (at: number) => `9f86d08188${at}c`],
    ["e-mail", (at: number) => `ann${at}@shop.example`],
    ["date", (at: number) => `2026-05-${String((at % 28) + 1).padStart(2, "0")}`],
    ["coordinates", (at: number) => `52.52${at},13.40${at}`],
  ])("take a %s for a value", (_what, make) => {
    const paths = [...times(12, (at) => `/items/${make(at)}/state`), "/items/search"];
    const found = templatesOf(paths);
    expect(found).toHaveLength(2);
    expect(found[0]).toBe("/items/search");
    expect(found[1]).toMatch(/^\/items\/\{\w+\}\/state$/);
  });

  test("find tenants by the same things below them", () => {
    const tenants = ["nordstadt", "suedpark", "am-markt", "westend"];
    const below = ["appointments", "staff", "rooms", "settings/hours"];
    const paths = tenants.flatMap((tenant) =>
      below.flatMap((rest) => times(4, () => `/${tenant}/${rest}`)),
    );
    expect(templatesOf(paths)).toEqual([
      "/{id}/appointments",
      "/{id}/rooms",
      "/{id}/settings/hours",
      "/{id}/staff",
    ]);
  });

  test("keep collections that have the same things below their members", () => {
    const collections = ["merchants", "companies", "stores"];
    const paths = collections.flatMap((name) => times(10, (at) => `/${name}/${at}/webhooks`));
    expect(templatesOf(paths)).toEqual([
      "/companies/{companyId}/webhooks",
      "/merchants/{merchantId}/webhooks",
      "/stores/{storeId}/webhooks",
    ]);
  });

  test("find locales, countries and currencies", () => {
    expect(
      templatesOf(
        ["en-US", "de-DE", "fr-FR", "it-IT"].flatMap((locale) =>
          times(4, () => `/pages/${locale}`),
        ),
      ),
    ).toEqual(["/pages/{page}"]);
    expect(
      templatesOf(
        ["DE", "FR", "JP", "US", "IN"].flatMap((code) => times(9, () => `/countries/${code}`)),
      ),
    ).toEqual(["/countries/{country}"]);
  });

  test("find two slugs in a row", () => {
    const names = "annsmith benjones clarab davidk elenar".split(" ");
    const paths = names.flatMap((name) =>
      slugs.flatMap((slug) => [`/repos/${name}/${slug}/branches`, `/repos/${name}/${slug}/issues`]),
    );
    expect(templatesOf(paths)).toEqual([
      "/repos/{repo}/{id}/branches",
      "/repos/{repo}/{id}/issues",
    ]);
  });

  test("do not depend on the order", () => {
    const paths = [
      ...slugs.map((slug) => `/products/${slug}`),
      ...times(20, () => "/products/search"),
      ...times(20, (at) => `/users/${at}`),
      ...times(5, () => "/users/me"),
    ];
    const expected = templatesOf(paths);
    fc.assert(
      fc.property(fc.shuffledSubarray(paths, { minLength: paths.length }), (shuffled) => {
        expect(templatesOf(shuffled)).toEqual(expected);
      }),
      { numRuns: 30 },
    );
  });

  test("fold values where there are too many to keep, and still find them", () => {
    const small = { placesMax: 2_000, candidatesMax: 64 };
    const things = times(5_000, (at) => `/items/${slugs[at % slugs.length]}-${at}`);
    const host = pathsOf(things, small);
    expect(templateOf(host, "/items/never-seen-77")).toBe("/items/{item}");
    expect(host.root.literals.get("items")?.literals.size).toBeLessThan(200);
  });

  test("never hold more places than the limit", () => {
    fc.assert(
      fc.property(fc.array(fc.webPath({ size: "small" }), { maxLength: 200 }), (paths) => {
        const host = pathsOf(paths, { placesMax: 50, candidatesMax: 8 });
        expect(host.places).toBeLessThanOrEqual(50);
      }),
      { numRuns: 50 },
    );
  });

  /** Templates after a specification was entered. */
  const templatesWith = (documented: readonly string[], paths: readonly string[]) => {
    const host = new HostPaths(limits);
    for (const path of documented) host.document(documentedSegmentsOf(path), "GET");
    for (const path of paths) {
      const segments = segmentsOf(path);
      if (segments !== undefined) host.observe(segments, "GET");
    }
    host.refresh();
    return [...new Set(paths.map((path) => templateOf(host, path)))].sort();
  };

  test("go on below a documented parameter when the documented literal beside it does not", () => {
    const documented = ["/metadata/{scope}/{key}", "/metadata/global/properties"];
    const paths = [
      "/metadata/global/properties",
      ...slugs.map((slug) => `/metadata/global/${slug}`),
      ...times(9, (at) => `/metadata/team-${at}/${at}`),
    ];
    expect(templatesWith(documented, paths)).toEqual([
      "/metadata/global/properties",
      "/metadata/{scope}/{key}",
    ]);
  });

  test("take a busy word for a value where the specification only goes on with another", () => {
    const paths = slugs.flatMap((slug) => times(3, () => `/metadata/global/${slug}`));
    expect(templatesWith(["/metadata/{scope}/{key}"], paths)).toEqual(["/metadata/{scope}/{key}"]);
  });

  test("have an extension in the value where a specification names none, else as it says", () => {
    const documented = ["/raw/{filepath}", "/pulls/{index}", "/pulls/{index}.{diff}"];
    const paths = ["/raw/engine-island.csv", "/raw/a.json", "/pulls/12", "/pulls/12.patch"];
    expect(templatesWith(documented, paths)).toEqual([
      "/pulls/{index}",
      "/pulls/{index}.{diff}",
      "/raw/{filepath}",
    ]);
  });

  test("still tell an undocumented verb beside a documented parameter", () => {
    const paths = [
      ...times(20, (at) => `/metadata/${at}/${at}`),
      ...times(12, () => "/metadata/export/all"),
    ];
    expect(templatesWith(["/metadata/{scope}/{key}"], paths)).toContain("/metadata/export/all");
  });

  test("follow a specification, real names included", () => {
    const host = new HostPaths(limits);
    host.document(
      [{ text: "shelves" }, { name: "shelf", slot: "" }, { name: "kind", slot: "thumb.{}" }],
      "GET",
    );
    host.refresh();
    expect(templateOf(host, "/shelves/upper/thumb.png")).toBe("/shelves/{shelf}/thumb.{kind}");
  });
});
