import { describe, expect, test } from "vitest";
import { createExchangeIds } from "./exchange-ids.ts";

describe("exchange ids", () => {
  test("are all different, and 22 characters that need no escaping anywhere", () => {
    const newId = createExchangeIds(() => 1_795_478_400_000);
    const ids = new Set(Array.from({ length: 10_000 }, newId));

    expect(ids.size).toBe(10_000);
    for (const id of ids) expect(id).toMatch(/^[0-9a-hjkmnp-tv-z]{22}$/);
  });

  test("sort by time", () => {
    let timeMs = 1_795_478_400_000;
    const newId = createExchangeIds(() => timeMs);
    const ids = [0, 1, 50, 1_000_000].map((later) => {
      timeMs += later;
      return newId();
    });

    expect([...ids].sort()).toEqual(ids);
  });
});
