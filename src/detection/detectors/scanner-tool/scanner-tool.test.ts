import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Field } from "../../../model/field.ts";
import type { Match } from "../../detector.ts";
import { scannerTool } from "./scanner-tool.ts";

function detect(value: string, field: Partial<Field> = {}): Match | undefined {
  return scannerTool.detect({
    location: "header",
    name: "user-agent",
    part: "value",
    type: "string",
    value,
    ...field,
  });
}

describe("a user agent", () => {
  test.each([
    "sqlmap/1.7.2#stable (https://sqlmap.org)",
    "Mozilla/5.00 (Nikto/2.1.6) (Evasions:None) (Test:000001)",
    "Nuclei - Open-source project (github.com/projectdiscovery/nuclei)",
    "Fuzz Faster U Fool v2.1.0",
    "WPScan v3.8.22 (https://wpscan.com/wordpress-security-scanner)",
    "Mozilla/5.0 (compatible; Nmap Scripting Engine; https://nmap.org/book/nse.html)",
    "gobuster/3.6",
    "feroxbuster/2.10.1",
    "Mozilla/5.0 (Hydra)",
    "Wfuzz/3.1.0",
    "Arachni/v1.5.1",
  ])("of a tool is flagged with high confidence: %s", (agent) => {
    expect(detect(agent)?.confidence).toBe("high");
  });

  test.each([
    "masscan/1.3 (https://github.com/robertdavidgraham/masscan)",
    "Mozilla/5.0 zgrab/0.x",
  ])("of a survey is only noted: %s", (agent) => {
    expect(detect(agent)?.confidence).toBe("low");
  });

  test.each([
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36",
    "curl/8.5.0",
    "python-requests/2.32",
    "python-httpx/0.27.0",
    "Go-http-client/2.0",
    "Googlebot/2.1 (+http://www.google.com/bot.html)",
    "Pingdom.com_bot_version_1.4_(http://www.pingdom.com/)",
    "UptimeRobot/2.0",
    "Hydra-Client/1.0 (ory)",
    "NucleicAcidBrowser/2",
    "kube-probe/1.29",
    "",
  ])("of an honest client is left alone: %s", (agent) => {
    expect(detect(agent)).toBeUndefined();
  });
});

describe("a probe", () => {
  const query = { location: "query", name: "q" } as const;

  test.each([
    "http://x1y2.oastify.com/a",
    "ann@c1a2.oast.fun",
    "nslookup abc.burpcollaborator.net",
    "acunetix_wvs_security_test",
    "http://testasp.vulnweb.com/t/fit.txt",
    "'\"--></style></scRipt><scRipt>netsparker(0x0001)</scRipt>",
  ])("is flagged: %s", (value) => {
    expect(detect(value, query)?.confidence).toBe("medium");
  });

  test.each([
    "Acunetix",
    "Our team found the host abc.oastify.com in the logs of the proxy yesterday evening",
  ])("that may be a name or is a text is only noted: %s", (value) => {
    expect(detect(value, query)?.confidence).toBe("low");
  });

  test.each([
    "toast.fun is my breakfast",
    "oastify.com.example.org",
    "sqlmap",
    "nikto",
    "https://shop.example/interact",
    "",
  ])("is not seen in %s", (value) => {
    expect(detect(value, query)).toBeUndefined();
  });
});

describe("reading", () => {
  test("takes any text without failing, and keeps its offsets inside", () => {
    const unit = fc.constantFrom("sqlmap", "/", ".oastify.com", "acunetix", " ", "-", "a", "İ");
    fc.assert(
      fc.property(fc.constantFrom("user-agent", "x"), fc.string({ unit }), (name, value) => {
        const match = detect(value, { name });
        if (match === undefined) return;
        expect(match.start).toBeLessThanOrEqual(match.end);
        expect(match.end).toBeLessThanOrEqual(value.length);
      }),
    );
  });

  test.each(["sqlma", ".", "oastify.com", "a-"])("stays linear on a megabyte of %j", (pump) => {
    const value = pump.repeat(1_048_576 / pump.length);
    const started = performance.now();
    detect(value);
    detect(value, { name: "q", location: "query" });
    expect(performance.now() - started).toBeLessThan(3_000);
  });
});
