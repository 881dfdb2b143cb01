import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Field } from "../../../model/field.ts";
import type { Match } from "../../detector.ts";
import { addressOf } from "./address-notation.ts";
import { serverSideRequestForgery } from "./server-side-request-forgery.ts";

function detect(value: string, field: Partial<Field> = {}): Match | undefined {
  return serverSideRequestForgery.detect({
    location: "body",
    name: "$.url",
    part: "value",
    type: "string",
    value,
    ...field,
  });
}

describe("an address of the inside", () => {
  test.each([
    ["metadata of a cloud", "http://169.254.169.254/latest/meta-data/"],
    ["metadata by name", "http://metadata.google.internal/computeMetadata/v1/"],
    ["metadata over IPv6", "http://[fd00:ec2::254]/latest/meta-data/"],
    ["metadata without a scheme", "//169.254.169.254/x"],
    ["metadata behind a name", "http://example.com@169.254.169.254/"],
    ["one decimal number", "http://2130706433/"],
    ["one hexadecimal number", "http://0x7f000001/"],
    ["one octal number", "http://017700000001/"],
    ["octal parts", "http://0177.0.0.1/"],
    ["hexadecimal parts", "http://0xA9.0xFE.0xA9.0xFE/"],
    ["overflowing parts", "http://425.510.425.510/"],
    ["fewer parts", "http://127.1/"],
    ["nothing but zero", "http://0/"],
    ["IPv4 in IPv6", "http://[::ffff:127.0.0.1]/"],
    ["IPv4 in groups of IPv6", "http://[0:0:0:0:0:ffff:7f00:1]/"],
    ["encircled digits", "http://①②⑦.⓪.⓪.①/"],
    ["wide dots", "http://127。0。0。1/"],
    ["encircled letters", "http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/"],
    ["a name that resolves inside", "http://127.0.0.1.nip.io/"],
    ["a scanner's host", "http://abc.oastify.com/"],
    ["another protocol", "gopher://127.0.0.1:6379/_INFO"],
    ["a socket", "unix:AAAA|http://example.com/"],
  ])("is flagged with high confidence: %s", (_why, value) => {
    expect(detect(value)).toMatchObject({ confidence: "high" });
  });

  test.each([
    ["the server itself", "http://localhost/admin"],
    ["a database of the server", "http://localhost:6379/"],
    ["pages of the server's administrators", "http://localhost:8080/admin/users"],
    ["the server itself by number", "http://127.0.0.1:80/"],
    ["the server itself over IPv6", "http://[::1]/"],
    ["the server itself without slashes", "http:127.0.0.1/"],
    ["the server itself in an archive", "jar:http://127.0.0.1!/"],
    ["the server itself without a scheme", "localhost/"],
    ["the inner network", "http://192.168.0.1/"],
    ["metadata within an address", "https://example.com/?u=http://169.254.169.254/"],
    ["hosts that parsers disagree about", "http://trusted.example\\@evil.example/"],
    ["a host behind another name", "http://trusted.example@evil.example/"],
    ["a script at a bare address", "http://66.240.183.75/crash.php"],
    ["a public address as a number", "http://3627734734/"],
  ])("is flagged with medium confidence: %s", (_why, value) => {
    expect(detect(value)).toMatchObject({ confidence: "medium" });
  });

  test.each([
    [
      "where a browser goes",
      "http://localhost:8080/callback",
      { location: "query", name: "redirect_uri" },
    ],
    ["where a page came from", "http://localhost:3000/", { location: "header", name: "referer" }],
    ["a name an administrator configures", "http://proxy.internal:8080/", {}],
    ["what a developer's agent scrapes", "http://localhost:9090/metrics", {}],
    ["a repository on a developer's machine", "ssh://git@localhost:3035/team/app.git", {}],
    ["a sentence", "My dev server is at http://localhost:3000 and it works well", {}],
  ] as const)("stays at low confidence as %s", (_why, value, field) => {
    expect(detect(value, field)?.confidence).toBe("low");
  });
});

describe("an honest value", () => {
  test.each([
    "https://hooks.example.com/services/T0/B0/x",
    "http://example.com:8080/a?b=c#d",
    "https://user:secret@example.com/repo.git",
    "https://example.com/@user/post",
    "https://8.8.8.8/dns-query",
    "http://[2001:db8::1]/",
    "https://example.com/?next=https://other.example/",
    "//cdn.example.com/a.js",
    "git@example.com:org/repo.git",
    "mailto:a@b.example",
    "10.0.0.1",
    "192.168.1.0/24",
    "10:30:00",
    "urn:isbn:0451450523",
    "data:text/plain;base64,aGk=",
    "s3://bucket/key",
    "postgres://db:5432/x",
    "myapp://login?x=1",
    "12/24/2026",
    "and/or",
    "",
  ])("passes: %s", (value) => {
    expect(detect(value)).toBeUndefined();
  });
});

describe("a token", () => {
  const decoding = "jwt" as const;

  test("may have been issued inside: its claims are compared, not fetched", () => {
    const name = "authorization.payload.iss";
    expect(
      detect("http://keycloak.localhost:8080/realms/shop", { name, decoding })?.confidence,
    ).not.toBe("medium");
    expect(detect("http://127.0.0.1:9000/", { name, decoding })?.confidence).toBe("low");
    expect(detect("http://169.254.169.254/", { name, decoding })?.confidence).toBe("high");
  });

  test("must not name a key of the inside, which is fetched", () => {
    const name = "authorization.header.jku";
    expect(detect("http://127.0.0.1:9000/keys", { name, decoding })?.confidence).toBe("medium");
  });
});

describe("notations of an address", () => {
  test("all spell the same number", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffffffff }), (address) => {
        const parts = [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256);
        const spellings = [
          parts.join("."),
          String(address),
          `0x${address.toString(16)}`,
          parts.map((part) => `0x${part.toString(16)}`).join("."),
          parts.map((part) => `0${part.toString(8)}`).join("."),
          `[::ffff:${parts.join(".")}]`,
          `[64:ff9b::${parts.join(".")}]`,
        ];
        for (const spelling of spellings) expect(addressOf(spelling)?.ipv4).toBe(address);
      }),
    );
  });

  test.each([
    "example.com",
    "1.2.3.4.5",
    "0xzz",
    "[::1::2]",
    "[12345::]",
    "",
    "1..2",
  ])("are not seen in %j", (host) => {
    expect(addressOf(host)).toBeUndefined();
  });
});

describe("reading", () => {
  test("takes any text without failing, and keeps its offsets inside", () => {
    const unit = fc.constantFrom(..."htp:/\\@[]0127.x%#?;|u①。 \n");
    fc.assert(
      fc.property(fc.string({ unit }), (value) => {
        const match = detect(value);
        if (match === undefined) return;
        expect(match.start).toBeLessThanOrEqual(match.end);
        expect(match.end).toBeLessThanOrEqual(value.length);
      }),
    );
  });

  test.each([
    "http://",
    "/",
    "://",
    "@",
    "http://a@",
    "[",
    "0x",
    "①",
    "a:",
    "%2f",
  ])("stays linear on a megabyte of %j", (pump) => {
    const value = pump.repeat(1_048_576 / pump.length);
    const started = performance.now();
    detect(value);
    detect(`http://${value}`);
    expect(performance.now() - started).toBeLessThan(3_000);
  });
});
