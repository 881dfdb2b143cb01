/** A typical JSON body of 1 KB: nested, with a list, texts, numbers and dates. */
export const orderBody: Uint8Array = Buffer.from(
  JSON.stringify({
    customer: { name: "Maria Müller", mail: "maria@example.org", phone: "+49 30 901820" },
    address: { street: "Hauptstraße 12", city: "Berlin", zip: "10117", country: "DE" },
    placedAt: "2026-11-24T09:30:00Z",
    currency: "EUR",
    gift: false,
    note: "Please ring twice; the bell of the second floor is broken since last week.",
    items: Array.from({ length: 8 }, (_, at) => ({
      sku: `AB-${1000 + at}`,
      title: `Article number ${at}, blue`,
      quantity: at + 1,
      price: 19.99 + at,
    })),
  }),
);
