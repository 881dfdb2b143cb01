import { scryptSync } from "node:crypto";
import { DatabaseSync } from "node:sqlite";

const productsCount = 200;
const usersCount = 50;

/** The password of every seeded user; the data is invented, the hashes are real. */
export const seedPassword = "correct-horse-7";

/** Opens a fresh SQLite database with invented products, users and orders; always the same ones. */
export function createDatabase(file = ":memory:"): DatabaseSync {
  const database = new DatabaseSync(file);
  database.exec(`
    CREATE TABLE products (id INTEGER PRIMARY KEY, name TEXT, category TEXT, price REAL, stock INTEGER, description TEXT);
    CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT UNIQUE, name TEXT, phone TEXT, city TEXT, card TEXT, password_hash TEXT);
    CREATE TABLE orders (id INTEGER PRIMARY KEY, user_id INTEGER, product_id INTEGER, quantity INTEGER, total REAL, status TEXT, note TEXT, created TEXT);
  `);
  const random = sequence(20261123);
  seedProducts(database, random);
  seedUsers(database, random);
  seedOrders(database, random);
  return database;
}

function seedProducts(database: DatabaseSync, random: () => number): void {
  const adjectives = ["Folding", "Oak", "Enamel", "Linen", "Cast-iron", "Blue", "Travel", "Kids'"];
  const nouns = ["chair", "lamp", "kettle", "blanket", "pan", "notebook", "bag", "clock", "mug"];
  const categories = ["home", "kitchen", "office", "outdoor"];
  const insert = database.prepare("INSERT INTO products VALUES (?, ?, ?, ?, ?, ?)");
  for (let id = 1; id <= productsCount; id += 1) {
    const name = `${pick(adjectives, random)} ${pick(nouns, random)}`;
    insert.run(
      id,
      name,
      pick(categories, random),
      Math.round(random() * 20_000) / 100 + 3,
      Math.floor(random() * 80),
      `${name}, made to last. Select your favourite & order from 9" to 12".`,
    );
  }
}

function seedUsers(database: DatabaseSync, random: () => number): void {
  const firstNames = ["Ada", "Bruno", "Chloé", "Dmitri", "Elif", "Fatou", "Grace", "Hiro", "Inés"];
  const lastNames = ["O'Brien", "García", "Nguyễn", "Schmidt", "Okafor", "Rossi", "Kowalska"];
  const cities = ["Lisbon", "Kraków", "Nairobi", "Osaka", "Montréal", "Valparaíso"];
  const insert = database.prepare("INSERT INTO users VALUES (?, ?, ?, ?, ?, ?, ?)");
  for (let id = 1; id <= usersCount; id += 1) {
    const first = pick(firstNames, random);
    const last = pick(lastNames, random);
    insert.run(
      id,
      emailOf(id),
      `${first} ${last}`,
      `+1202555${String(100 + id).padStart(4, "0")}`,
      pick(cities, random),
      withLuhnDigit(`4000001234${String(id).padStart(5, "0")}`),
      passwordHashOf(seedPassword, `salt-${id}`),
    );
  }
}

function seedOrders(database: DatabaseSync, random: () => number): void {
  const insert = database.prepare("INSERT INTO orders VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
  for (let id = 1; id <= 120; id += 1) {
    const day = String(1 + Math.floor(random() * 28)).padStart(2, "0");
    insert.run(
      id,
      1 + Math.floor(random() * usersCount),
      1 + Math.floor(random() * productsCount),
      1 + Math.floor(random() * 3),
      Math.round(random() * 30_000) / 100,
      pick(["paid", "shipped", "delivered"], random),
      "",
      `2026-10-${day}T09:30:00Z`,
    );
  }
}

export function emailOf(userId: number): string {
  return `customer${userId}@example.com`;
}

/** A deliberately cheap scrypt so that fifty users are seeded in a moment; a real shop uses more. */
export function passwordHashOf(password: string, salt: string): string {
  return `${salt}$${scryptSync(password, salt, 32, { N: 1024 }).toString("hex")}`;
}

/** Park–Miller: the same shop at every start. */
export function sequence(seed: number): () => number {
  let state = seed % 2_147_483_647;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

export function pick<Item>(items: readonly Item[], random: () => number): Item {
  return items[Math.floor(random() * items.length)] as Item;
}

function withLuhnDigit(digits: string): string {
  let sum = 0;
  for (let at = digits.length - 1, double = true; at >= 0; at -= 1, double = !double) {
    const digit = Number(digits[at]) * (double ? 2 : 1);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return digits + String((10 - (sum % 10)) % 10);
}
