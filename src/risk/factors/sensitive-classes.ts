import type { SensitiveData } from "../../model/endpoint.ts";
import { sureness } from "./counting.ts";

/** How bad it is to lose a value of the class, 0 to 1. */
const severities: Readonly<Record<string, number>> = {
  secret: 1,
  password: 1,
  "password-hash": 1,
  "payment-card": 1,
  "card-security-code": 1,
  "national-id": 1,
  health: 1,
  jwt: 0.9,
  "api-key": 0.9,
  "session-id": 0.9,
  passport: 1,
  "driving-licence": 0.9,
  iban: 0.8,
  "crypto-address": 0.4,
  imei: 0.4,
  "bank-routing": 0.3,
  vin: 0.3,
  "date-of-birth": 0.6,
  address: 0.55,
  email: 0.5,
  phone: 0.5,
  "person-name": 0.4,
  geolocation: 0.3,
  ip: 0.15,
  "mac-address": 0.15,
};
const unknownSeverity = 0.4;
const placesTold = 4;

export interface SensitiveFinding {
  readonly strength: number;
  readonly confidence: number;
  /** Values seen, over all places. */
  readonly samples: number;
  /** `email at $.owner.email (118 samples), …` */
  readonly places: string;
}

function severityOf(dataClass: string): number {
  return severities[dataClass] ?? unknownSeverity;
}

/** Sums up places of sensitive data: the worst class counts, each further class adds a little. */
export function sensitiveFindingOf(places: readonly SensitiveData[]): SensitiveFinding | undefined {
  const ranked = places.toSorted((a, b) => severityOf(b.class) - severityOf(a.class));
  const [worst] = ranked;
  if (worst === undefined) return undefined;
  const furtherClasses = new Set(ranked.map((place) => place.class)).size - 1;
  const told = ranked
    .slice(0, placesTold)
    .map((place) => `${place.class} at ${place.name} (${samplesOf(place)})`);
  const further = ranked.length - told.length;
  return {
    strength: Math.min(1, severityOf(worst.class) + 0.05 * furtherClasses),
    confidence: worst.confidence * sureness(worst.samples),
    samples: ranked.reduce((sum, { samples }) => sum + samples, 0),
    places: told.join(", ") + (further > 0 ? `, and ${further} more places` : ""),
  };
}

function samplesOf({ samples }: SensitiveData): string {
  return samples === 1 ? "1 sample" : `${samples.toLocaleString("en")} samples`;
}
