import { readdirSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { classify } from "./classifier-engine.ts";
import { builtInClassifiers } from "./classifiers/index.ts";

const classesOf = (name: string, value: string): readonly string[] =>
  classify(name, value).map((tag) => tag.class);

/** What each class recognises. No token here was ever valid. */
const recognised: Readonly<Record<string, readonly (readonly [name: string, value: string])[]>> = {
  email: [
    ["$.user.mail", "bob@example.com"],
    ["q", "bob.o+tag%40mail.example.co.uk"],
    ["$.x", "o'brien@example.ie"],
    ["$.note", "write to bob@example.com, please"],
    ["$.x", "büro@bücher.example"],
  ],
  "payment-card": [
    ["$.card_number", "4111111111111111"],
    ["$.card.number", "378282246310005"],
    ["$.pan", "6011 1111 1111 1117"],
    ["$.value", "5555-5555-5555-4444"],
    ["$.text", "charged to card 4111111111111111 today"],
    ["$.cc", "2223003122003222"],
  ],
  "card-security-code": [
    ["$.card.cvv", "123"],
    ["securityCode", "1234"],
  ],
  iban: [
    ["$.account", "DE89370400440532013000"],
    ["$.x", "GB29 NWBK 6016 1331 9268 19"],
    ["$.note", "pay to FR14 2004 1010 0505 0001 3M02 606 until Friday"],
  ],
  "national-id": [
    ["$.ssn", "219-09-9999"],
    ["$.steuer_id", "86095742719"],
    ["$.nir", "255081416802538"],
    ["$.dni", "12345678Z"],
    ["$.nie", "X1234567L"],
    ["$.codiceFiscale", "RSSMRA85T10A562S"],
    ["$.value", "RSSMRA85T10A562S"],
    ["$.bsn", "111222333"],
    ["$.rijksregisternummer", "85.07.30-033.28"],
    ["$.pesel", "44051401359"],
    ["$.personnummer", "811218-9876"],
    ["$.hetu", "131052-308T"],
    ["$.cpr", "070761-4285"],
    ["$.fodselsnummer", "01010750160"],
    ["$.nationalInsuranceNumber", "AB 12 34 56 C"],
    ["$.nhsNumber", "943 476 5919"],
    ["$.value", "756.9217.0769.85"],
    ["$.nif", "123456789"],
    ["$.oib", "33392005961"],
    ["$.cnp", "1800101221144"],
    ["$.tckn", "10000000146"],
    ["$.itin", "912-70-1234"],
    ["$.sin", "130 692 544"],
    ["$.cpf", "52998224725"],
    ["$.value", "529.982.247-25"],
    ["$.curp", "BADD110313HCMLNS09"],
    ["$.rut", "12.345.678-5"],
    ["$.cuit", "20-12345678-6"],
    ["$.aadhaar", "2341 2341 2346"],
    ["$.panNumber", "ABCPE1234F"],
    ["$.value", "11010519491231002X"],
    ["$.identityNumber", "8001015009087"],
    ["$.rrn", "880101-1234568"],
    ["$.nric", "S1234567D"],
    ["$.tfn", "123 456 782"],
    ["$.national_id", "44051401359"],
    ["$.note", "SSN 219-09-9999 on file"],
  ],
  phone: [
    ["$.x", "+4930901820"],
    ["$.contact.phone", "(030) 901-820 0"],
    ["$.mobileNumber", "27821234567"],
    ["$.from", "tel:+15017122661"],
    ["$.note", "call +44 20 7183 8750 now"],
  ],
  "date-of-birth": [
    ["$.dob", "1980-02-29"],
    ["$.date_of_birth", "29/02/1980"],
    ["$.birthday", "19800229"],
    ["$.born", "29 Feb 1980"],
  ],
  "person-name": [
    ["$.firstName", "José"],
    ["$.user.last_name", "O'Brien"],
    ["$.patient.name", "Hina Patel"],
    ["$.cardholder_name", "J. DOE"],
  ],
  address: [
    ["$.billing.street", "Fraunhoferstr. 2-4"],
    ["$.address.line1", "12 The Street"],
    ["$.addressLine2", "Suite 600"],
    ["$.zipCode", "94107"],
    ["$.postcode", "CF10 1NS"],
    ["$.address", "123 Main St, Anytown"],
  ],
  geolocation: [
    ["$.lat", "52.5170"],
    ["$.position.longitude", "-122.4167"],
    ["$.latlng", "52.517,13.388"],
    ["$.geometry.coordinates[0]", "13.38886"],
  ],
  "mac-address": [
    ["$.device.mac", "00:1B:44:11:3A:B7"],
    ["$.x", "00:1b:44:11:3a:b7"],
    ["$.bssid", "001b.4411.3ab7"],
  ],
  imei: [["$.imei", "490154203237518"]],
  vin: [
    ["$.vin", "1M8GDM9AXKP042788"],
    ["$.vehicle.chassisNumber", "WVWZZZ1JZXW000001"],
  ],
  "bank-routing": [
    ["$.routing_number", "021000021"],
    ["$.sortCode", "12-34-56"],
    ["$.bic", "DEUTDEFF500"],
  ],
  "crypto-address": [
    ["$.x", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"],
    ["$.x", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"],
    ["$.wallet", "0xde0b295669a9fd93d5f28d9ec85e40f4cb697bae"],
  ],
  passport: [["$.passportNumber", "C01X00T47"]],
  "driving-licence": [["$.drivers_license", "D1234567"]],
  health: [
    ["$.npi", "1234567893"],
    ["$.diagnosis", "J45.0"],
    ["$.mrn", "00123456"],
    ["$.patient.bloodType", "AB+"],
  ],
  ip: [
    ["$.ip", "8.8.8.8"],
    ["$.client", "2a00:1450:4001:81b::200e"],
    ["$.source", "151.101.65.140"],
  ],
  jwt: [
    ["$.t", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJib2IifQ.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U"],
    ["$.t", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJib2IifQ."],
    ["log", "token=eyJhbGciOiJub25lIn0.eyJzdWIiOiJib2IifQ. sent"],
  ],
  "password-hash": [
    ["$.hash", "$2b$12$eImiTXuWVxfM37uY4JANjQ0VbQ2fNnVdYw8vJ5t8cD7Tn1V0lqYH6"],
    ["$.x", "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHQ$RdescudvJCsgt3ub+b0dWRWJTmaaJObG"],
    ["$.password_hash", "5f4dcc3b5aa765d61d8327deb882cf99"],
  ],
  secret: [
    ["$.x", "AKIAQ3EGRT7Z5N2WKJXD"],
    ["$.x", "ghp_16C7e42F292c6912E7710c838347Ae178B4a"],
    ["$.x", "xoxb-263594206564-FGqddMF8t08v8N7Oq4i57vs1"],
    ["$.text", "set NPM=npm_pQ8xR2sT5vW9yZ1aB4cD7eF0gH3iJ6kL9mN2 there"],
    ["$.dsn", "postgres://app:s3cr3t-w0rd@db.example/shop"],
    [
      "$.pem",
      `-----BEGIN PRIVATE KEY-----\n${"MIIEvQIBADANBgkqhkiG9w0B".repeat(4)}\n-----END PRIVATE KEY-----`,
    ],
  ],
  password: [
    ["$.password", "hunter2"],
    ["newPassword", "correct horse battery staple"],
    ["db_pwd", "abc123"],
  ],
  "session-id": [
    ["JSESSIONID", "A3F9C21B77D04E5E9A1B2C3D4E5F6071"],
    ["$.session_id", "c0a8f9d2-3b1e-4a57-9f60-2e7d1c8b5a43"],
  ],
  "api-key": [
    ["x-api-key", "9VxMaPgsaFg7EBqmuspSzF7"],
    ["$.client_secret", "79g03eoofwl8240v776r2h667442119"],
    ["authorization", "Bearer 22cb987851bc5659229114c62e60c79abd0d2c08"],
    ["$.log", 'failed with api_key="9VxMaPgsaFg7EBqmuspSzF7"'],
  ],
};

/** Honest neighbours of the above. */
const leftAlone: readonly (readonly [why: string, name: string, value: string])[] = [
  ["an image for two densities", "$.icon", "icon@2x.png"],
  ["a package with its version", "$.dependency", "@scope/name@1.2.3"],
  ["a mention", "$.text", "thanks @bob for this"],
  ["an order number that passes Luhn", "$.orderId", "4111111111111111"],
  ["a number of a card's length", "$.id", "4111111111111112"],
  ["milliseconds", "$.createdAt", "1763928000000"],
  ["microseconds", "$.timestamp", "1763928000000000"],
  ["a UUID of digits", "$.id", "41111111-1111-4111-8111-111111111111"],
  ["a barcode", "$.gtin", "4006381333931"],
  ["a decimal", "$.ratio", "0.4111111111111111"],
  ["an account that is no IBAN", "$.account", "DE89370400440532013001"],
  ["a licence plate", "$.plate", "B-MW 1234"],
  ["nine digits", "$.accountId", "219099999"],
  ["eleven digits", "$.reference", "86095742719"],
  ["a code with a letter", "$.sku", "12345678Z"],
  ["a time zone", "$.offset", "+02:00"],
  ["an exponent", "$.n", "+12e34"],
  ["a phone's model", "$.phone_model", "Pixel 9 Pro"],
  ["the time of a verification", "$.phone_verified_at", "2026-01-02 03:04"],
  ["a date", "$.date", "1980-02-29"],
  ["a birthplace", "$.birth_place", "Room 1980"],
  ["a file name", "$.filename", "report final"],
  ["a display name of a thing", "$.name", "Blue Shirt"],
  ["a company", "$.customer.name", "Windsurf Shop"],
  ["a placeholder", "$.first_name", "string"],
  ["an e-mail setting", "$.address_type", "billing 1"],
  ["a digest that looks like a wallet", "$.tx", "0xde0b295669a9fd93d5f28d9ec85e40f4cb697bae"],
  ["an address of Bitcoin with a wrong character", "$.w", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb"],
  ["a broadcast address", "$.mac", "ff:ff:ff:ff:ff:ff"],
  ["a time of pairs", "$.t", "12:34:56:78:90:12:34"],
  ["fifteen digits", "$.id", "490154203237518"],
  ["an IMEI with a wrong digit", "$.imei", "490154203237519"],
  ["seventeen letters and digits", "$.id", "1M8GDM9AXKP042788"],
  ["nine digits under a routing table", "$.routing.metric", "021000021"],
  ["a passport's country", "$.passportCountry", "DE123456"],
  ["a provider number with a wrong digit", "$.npi", "1234567890"],
  ["a language", "$.lang", "en-US"],
  ["a rounded number", "$.lat", "52"],
  ["a version", "$.version", "1.2.3.4"],
  ["a private address", "$.ip", "192.168.1.10"],
  ["three words with dots", "$.class", "eyJhbGciOiJ.b.c"],
  ["a digest", "$.sha256", "5f4dcc3b5aa765d61d8327deb882cf995f4dcc3b5aa765d61d8327deb882cf99"],
  ["a placeholder", "$.token", "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"],
  ["a connection without a password", "$.url", "https://shop.example:8080/a@b"],
  ["a public key", "$.pem", "-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A"],
  ["a rule about passwords", "$.password", "Must have eight characters and one digit"],
  ["a flag", "$.password", "true"],
  ["a page token", "$.nextPageToken", "CAUQAA9VxMaPgsaFg7EBqmuspSzF7"],
  ["a token type", "$.token_type", "bearer"],
  ["a place where tokens come from", "$.token", "https://issuer.example/oauth2/token1"],
  ["a word under a key's name", "$.secret", "production"],
  ["a session's number", "$.session", "12"],
  ["empty", "$.password", ""],
];

describe.each(Object.entries(recognised))("%s", (dataClass, cases) => {
  test.each(cases)("is seen at %s in %j", (name, value) => {
    expect(classesOf(name, value)).toEqual([dataClass]);
  });
});

describe("a value is left alone that is", () => {
  test.each(leftAlone)("%s (%s = %j)", (_why, name, value) => {
    expect(classesOf(name, value)).toEqual([]);
  });

  const hex = (length: number): fc.Arbitrary<string> =>
    fc.string({
      unit: fc.constantFrom(..."0123456789abcdef"),
      minLength: length,
      maxLength: length,
    });
  test.each([
    ["a UUID", fc.uuid()],
    ["a digest", fc.oneof(hex(24), hex(32), hex(40), hex(64))],
    ["an instant", fc.date({ noInvalidDate: true }).map((date) => date.toISOString())],
    [
      "a time since 1970",
      fc
        .integer({ min: 1e9, max: 2e9 })
        .chain((seconds) => fc.constantFrom(1, 1e3, 1e6).map((factor) => String(seconds * factor))),
    ],
    [
      "a version",
      fc.array(fc.nat(40), { minLength: 2, maxLength: 4 }).map((parts) => parts.join(".")),
    ],
    ["a whole number", fc.maxSafeNat().map(String)],
    ["a price", fc.nat(1e7).map((cents) => (cents / 100).toFixed(2))],
  ])("%s under an ordinary key", (_kind, values) => {
    fc.assert(
      fc.property(
        fc.constantFrom("$.id", "$.items[0].value", "$.code", "etag"),
        values,
        (name, value) => {
          expect(classesOf(name, value)).toEqual([]);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe("classification", () => {
  test("names every class that a longer text holds", () => {
    const text = "Bob (bob@example.com, +4930901820) paid from DE89370400440532013000.";

    expect(classesOf("$.note", text).toSorted()).toEqual(["email", "iban", "phone"]);
  });

  test.each([
    ["$.user.dateOfBirth"],
    ["user[date_of_birth]"],
    ["/soap:Envelope/Body/DateOfBirth"],
    ["X-Date-Of-Birth"],
    ["$.user.DOB"],
  ])("reads the name %s", (name) => {
    expect(classesOf(name, "1980-02-29")).toEqual(["date-of-birth"]);
  });

  test("never throws, whatever it is given", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary" }),
        fc.oneof(fc.string({ unit: "binary" }), fc.stringMatching(/^[-+0-9@.:eyJ$%={} ]{2,60}$/)),
        (name, value) => {
          for (const { confidence } of classify(name, value)) {
            expect(confidence).toBeGreaterThanOrEqual(0.5);
            expect(confidence).toBeLessThanOrEqual(1);
          }
        },
      ),
      { numRuns: 1_000 },
    );
  });

  test.each([
    "1 ",
    "1-",
    "@a.",
    "a@",
    "+1",
    "DE89 ",
    "eyJ.",
    "A=",
    "$2b$",
    "://a:",
    "-----BEGIN ",
  ])("is linear in a value of %j repeated", (unit) => {
    const timeOf = (length: number): number => {
      const value = unit.repeat(Math.ceil(length / unit.length));
      const started = performance.now();
      classify("$.note", value);
      return performance.now() - started;
    };
    timeOf(4_000);

    // Values are looked at up to a bound, so that ten times the length costs no more than that.
    expect(timeOf(1_000_000)).toBeLessThan(60 * timeOf(4_000) + 400);
  });

  test("has every classifier in the list", () => {
    const helpers = /-table\.ts$|^index\.ts$|^private-key\.ts$|^connection-password\.ts$/;
    const names: Readonly<Record<string, string>> = {
      "ip-address": "ip",
      "postal-address": "address",
    };
    const files = readdirSync(new URL("classifiers", import.meta.url), { withFileTypes: true })
      .filter((entry) => entry.isFile() && !helpers.test(entry.name))
      .map((entry) => entry.name.replace(".ts", ""))
      .map((name) => names[name] ?? name);

    expect(builtInClassifiers.map((item) => item.class).toSorted()).toEqual(files.toSorted());
  });
});
