import { allFakers, type Faker } from "@faker-js/faker";
import { lookAlikes } from "./look-alikes.ts";

/** A named value with the class that a person would give it; none for look-alikes. */
export interface LabelledField {
  readonly name: string;
  readonly value: string;
  readonly class: string | undefined;
}

const perKey = 12;
const locales = Object.keys(allFakers).filter((locale) => locale !== "base");

interface Recipe {
  readonly class: string | undefined;
  readonly names: readonly string[];
  make(faker: Faker): string;
}

const luhn = (digits: string): string => {
  const sum = [...digits]
    .reverse()
    .reduce(
      (total, digit, at) =>
        total +
        ((Number(digit) * (at % 2 === 0 ? 2 : 1)) % 10) +
        (at % 2 === 0 && Number(digit) > 4 ? 1 : 0),
      0,
    );
  return `${digits}${(10 - (sum % 10)) % 10}`;
};
const routing = (digits: string): string => {
  const sum = [...digits].reduce(
    (total, digit, at) => total + Number(digit) * ([3, 7, 1][at % 3] ?? 0),
    0,
  );
  return `${digits}${(10 - (sum % 10)) % 10}`;
};

/** Classes told by structure or checksum; those told by key and context stand after them. */
const recipes: readonly Recipe[] = [
  {
    class: "email",
    names: ["$.email", "$.contact", "$.x"],
    make: (faker) => faker.internet.email(),
  },
  {
    class: "payment-card",
    names: ["$.cardNumber", "$.payment.card.number"],
    make: (faker) =>
      faker.finance.creditCardNumber({
        issuer: faker.helpers.arrayElement(["visa", "mastercard", "american_express", "discover"]),
      }),
  },
  { class: "iban", names: ["$.iban", "$.account"], make: (faker) => faker.finance.iban() },
  {
    class: "phone",
    names: ["$.phone", "$.contact.mobile", "$.x"],
    make: (faker) => faker.phone.number({ style: "international" }),
  },
  {
    class: "ip",
    names: ["$.ip", "$.clientIp"],
    make: (faker) =>
      `${faker.number.int({ min: 11, max: 99 })}.${faker.number.int(255)}.${faker.number.int(255)}.${faker.number.int({ min: 1, max: 254 })}`,
  },
  {
    class: "mac-address",
    names: ["$.mac", "$.device.hw_addr"],
    make: (faker) => faker.internet.mac(),
  },
  { class: "imei", names: ["$.imei"], make: (faker) => luhn(faker.string.numeric(14)) },
  { class: "vin", names: ["$.vin", "$.vehicle.vin"], make: (faker) => faker.vehicle.vin() },
  {
    class: "bank-routing",
    names: ["$.routingNumber", "$.bank.routing_number"],
    make: (faker) => routing(faker.string.numeric({ length: 8, allowLeadingZeros: false })),
  },
  { class: "bank-routing", names: ["$.bic", "$.swiftCode"], make: (faker) => faker.finance.bic() },
  {
    class: "crypto-address",
    names: ["$.wallet", "$.eth_address"],
    make: (faker) => faker.finance.ethereumAddress(),
  },
  { class: "jwt", names: ["$.token", "$.x"], make: (faker) => faker.internet.jwt() },
  {
    class: "geolocation",
    names: ["$.lat", "$.position.latitude"],
    make: (faker) => String(faker.location.latitude({ precision: 4 }).toFixed(4)),
  },
  {
    class: "date-of-birth",
    names: ["$.dateOfBirth", "$.dob"],
    make: (faker) => faker.date.birthdate().toISOString().slice(0, 10),
  },
  {
    class: "person-name",
    names: ["$.firstName", "$.first_name"],
    make: (faker) => faker.person.firstName(),
  },
  {
    class: "person-name",
    names: ["$.lastName", "$.surname"],
    make: (faker) => faker.person.lastName(),
  },
  {
    class: "address",
    names: ["$.address.street", "$.streetAddress"],
    make: (faker) => faker.location.streetAddress(),
  },
  {
    class: "password",
    names: ["$.password"],
    make: (faker) => faker.internet.password({ length: 12 }),
  },
  { class: undefined, names: ["$.name", "$.title"], make: (faker) => faker.commerce.productName() },
  { class: undefined, names: ["$.company"], make: (faker) => faker.company.name() },
  { class: undefined, names: ["$.description", "$.text"], make: (faker) => faker.lorem.sentence() },
  { class: undefined, names: ["$.id", "$.uuid"], make: (faker) => faker.string.uuid() },
  {
    class: undefined,
    names: ["$.createdAt", "$.updated"],
    make: (faker) => faker.date.past().toISOString(),
  },
  { class: undefined, names: ["$.hash", "$.commit"], make: (faker) => faker.git.commitSha() },
  { class: undefined, names: ["$.price", "$.total"], make: (faker) => faker.commerce.price() },
  { class: undefined, names: ["$.version"], make: (faker) => faker.system.semver() },
  { class: undefined, names: ["$.file", "$.path"], make: (faker) => faker.system.fileName() },
  { class: undefined, names: ["$.agent"], make: (faker) => faker.internet.userAgent() },
  { class: undefined, names: ["$.url"], make: (faker) => faker.internet.url() },
  { class: undefined, names: ["$.color"], make: (faker) => faker.color.rgb() },
  {
    class: undefined,
    names: ["$.orderNumber", "$.reference"],
    make: (faker) => faker.string.numeric({ length: 12, allowLeadingZeros: false }),
  },
  { class: undefined, names: ["$.isbn"], make: (faker) => faker.commerce.isbn() },
];

/** Values of every locale that has data for them, with look-alikes beside; the same in every run. */
export function labelledFields(): readonly LabelledField[] {
  const fields = locales.flatMap((locale, seed) => {
    const faker = allFakers[locale as keyof typeof allFakers];
    faker.seed(20_261_124 + seed);
    return recipes.flatMap((recipe) => fieldsOf(recipe, faker));
  });
  const others = lookAlikes.flatMap(({ name, values }) =>
    values.slice(0, 200).map((value) => ({ name, value, class: undefined })),
  );
  return [...fields, ...others];
}

function fieldsOf(recipe: Recipe, faker: Faker): readonly LabelledField[] {
  return recipe.names.flatMap((name) =>
    Array.from({ length: perKey }, () => valueBy(recipe, faker)).flatMap((value) =>
      value === undefined ? [] : [{ name, value, class: recipe.class }],
    ),
  );
}

/** Some locales have no data of their own for a kind. */
function valueBy({ make }: Recipe, faker: Faker): string | undefined {
  try {
    return make(faker);
  } catch {
    return undefined;
  }
}
