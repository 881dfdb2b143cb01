import { describe, expect, test } from "vitest";
import type { Policy } from "./policy.ts";
import {
  applyOverlay,
  emptyOverlay,
  withException,
  withMode,
  withoutException,
} from "./policy-overlay.ts";

const policy: Policy = {
  mode: "observe",
  onFailure: "allow",
  protections: { "attack-detection": { mode: "observe", scoreMin: 5 } },
  apis: [],
  endpoints: [{ endpoint: "GET a/x", mode: "off" }],
  exceptions: [{ id: "file-1", detector: "sql-injection" }],
};

describe("an overlay", () => {
  test("that is empty changes nothing", () => {
    expect(applyOverlay(policy, emptyOverlay)).toEqual(policy);
  });

  test("sets the mode of everything", () => {
    expect(applyOverlay(policy, withMode(emptyOverlay, "enforce")).mode).toBe("enforce");
  });

  test("sets the mode of one protection and keeps its options", () => {
    const overlay = withMode(emptyOverlay, "enforce", { protection: "attack-detection" });

    expect(applyOverlay(policy, overlay).protections).toEqual({
      "attack-detection": { mode: "enforce", scoreMin: 5 },
    });
  });

  test("sets the mode of one endpoint over the file's", () => {
    const overlay = withMode(emptyOverlay, "enforce", { endpoint: "GET a/x" });

    expect(applyOverlay(policy, overlay).endpoints).toMatchObject([
      { endpoint: "GET a/x", mode: "enforce" },
    ]);
  });

  test("sets one protection's mode at one endpoint beside what was set there", () => {
    const first = withMode(emptyOverlay, "observe", { endpoint: "GET a/y" });
    const overlay = withMode(first, "enforce", {
      endpoint: "GET a/y",
      protection: "request-limits",
    });

    expect(overlay.endpoints).toEqual([
      {
        endpoint: "GET a/y",
        mode: "observe",
        protections: { "request-limits": { mode: "enforce" } },
      },
    ]);
  });

  test("adds exceptions to the file's, replaces one of the same id, and removes only its own", () => {
    const once = withException(emptyOverlay, { id: "e", detector: "path-traversal" });
    const twice = withException(once, { id: "e", detector: "sql-injection", field: "query:q" });

    expect(applyOverlay(policy, twice).exceptions.map(({ id }) => id)).toEqual(["file-1", "e"]);
    expect(twice.exceptions).toHaveLength(1);
    expect(withoutException(twice, "e").exceptions).toEqual([]);
    expect(applyOverlay(policy, withoutException(twice, "file-1")).exceptions).toHaveLength(2);
  });

  test("takes no endpoint that a policy cannot tell apart", () => {
    const endpoint = "POST a/graphql query products";

    expect(() => withMode(emptyOverlay, "enforce", { endpoint })).toThrow(/operation|endpoint/i);
    expect(() => withException(emptyOverlay, { id: "e", detector: "d", endpoint })).toThrow();
  });

  test("never changes what it was made from", () => {
    const frozen = Object.freeze({ ...emptyOverlay, endpoints: Object.freeze([]) });

    withMode(frozen, "enforce", { endpoint: "GET a/x" });
    withException(frozen, { id: "e", detector: "d" });
    expect(frozen).toEqual(emptyOverlay);
  });
});
