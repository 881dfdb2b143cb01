/** The OWASP API Security Top 10, both editions, by the item that findings refer to. */
export const owaspItems: readonly {
  readonly edition: "2023" | "2019";
  readonly id: string;
  readonly name: string;
}[] = [
  ...[
    "Broken Object Level Authorization",
    "Broken Authentication",
    "Broken Object Property Level Authorization",
    "Unrestricted Resource Consumption",
    "Broken Function Level Authorization",
    "Unrestricted Access to Sensitive Business Flows",
    "Server Side Request Forgery",
    "Security Misconfiguration",
    "Improper Inventory Management",
    "Unsafe Consumption of APIs",
  ].map((name, at) => ({ edition: "2023" as const, id: `API${at + 1}:2023`, name })),
  ...[
    "Broken Object Level Authorization",
    "Broken User Authentication",
    "Excessive Data Exposure",
    "Lack of Resources & Rate Limiting",
    "Broken Function Level Authorization",
    "Mass Assignment",
    "Security Misconfiguration",
    "Injection",
    "Improper Assets Management",
    "Insufficient Logging & Monitoring",
  ].map((name, at) => ({ edition: "2019" as const, id: `API${at + 1}:2019`, name })),
];
