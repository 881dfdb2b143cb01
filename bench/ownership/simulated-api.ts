import type { Random } from "./random.ts";

/** One request with the answer that the API gives: as vulnerable as they come, it checks nothing. */
export interface Call {
  readonly user: string;
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly query?: string;
  readonly body?: object;
  readonly status: number;
  readonly answer: object;
  /** An attack got an object that its caller had no right to; a probe asked for one that is not there. */
  readonly truth: "honest" | "attack" | "probe";
}

interface Order {
  readonly id: number;
  readonly owner: string;
}

interface Document {
  readonly id: string;
  readonly owner: string;
  readonly readers: string[];
}

interface Group {
  readonly id: number;
  readonly members: readonly string[];
  readonly projects: readonly number[];
}

export interface CompanyOptions {
  readonly users: number;
  readonly staff: number;
  readonly groups: number;
  readonly products: number;
}

/**
 * An API with objects of every kind of ownership: orders (private, numbered), documents (shared with
 * some), projects (of groups), products and posts (public; posts tell their author's id), profiles
 * (private), and support staff that looks after everybody's orders.
 */
export class SimulatedApi {
  readonly users: readonly string[];
  readonly staff: readonly string[];
  readonly #random: Random;
  readonly #groups: readonly Group[];
  readonly #products: readonly number[];
  readonly #orders: Order[] = [];
  readonly #documents: Document[] = [];

  constructor(random: Random, options: CompanyOptions) {
    this.#random = random;
    this.users = Array.from({ length: options.users }, (_, index) => String(1_000 + index));
    this.staff = Array.from({ length: options.staff }, (_, index) => String(10 + index));
    this.#products = Array.from({ length: options.products }, (_, index) => 500 + index);
    this.#groups = Array.from({ length: options.groups }, (_, index) => ({
      id: index + 1,
      members: Array.from({ length: 4 + random.below(7) }, () => random.pick(this.users)),
      projects: Array.from({ length: 3 + random.below(6) }, (_, at) => 10_000 + index * 10 + at),
    }));
    // What was there before anybody looked.
    for (const owner of this.users) {
      for (let made = random.below(6); made > 0; made -= 1) this.#makeOrder(owner);
      if (random.chance(0.5)) this.#makeDocument(owner);
    }
  }

  /** One honest visit: a few calls that belong together. */
  visit(user: string): readonly Call[] {
    const random = this.#random;
    const kinds = [
      () => this.#shop(user),
      () => this.#browse(user),
      () => this.#work(user),
      () => this.#meet(user),
      () => this.#read(user),
    ];
    return random.pick(kinds)();
  }

  /** Support finds a customer's orders, or follows the link of a ticket. */
  support(member: string): readonly Call[] {
    const customer = this.#random.pick(this.users);
    const orders = this.#orders.filter(({ owner }) => owner === customer).slice(-10);
    const calls: Call[] = [];
    if (this.#random.chance(0.85)) {
      const query = `customer=${customer}`;
      calls.push(get(member, "/api/orders", listOf(orders.map(orderAnswer)), { query }));
    }
    for (const order of orders.slice(0, 2)) {
      calls.push(get(member, `/api/orders/${order.id}`, orderAnswer(order)));
    }
    return calls;
  }

  /** Counts through the numbers of orders. */
  enumerate(user: string): readonly Call[] {
    const last = this.#orders.at(-1)?.id ?? 1;
    const from = 1 + this.#random.below(Math.max(1, last - 30));
    const calls: Call[] = [];
    for (let id = from; id < from + 30; id += 1) {
      const order = this.#orders.find((one) => one.id === id);
      if (order === undefined) calls.push(refused(user, `/api/orders/${id}`));
      else calls.push(this.#attack(user, `/api/orders/${id}`, orderAnswer(order), order.owner));
    }
    return calls;
  }

  /** Uses the ids that posts tell, and documents whose address got about. */
  snoop(user: string): readonly Call[] {
    const victims = [1, 2, 3].map(() => this.#random.pick(this.users));
    const profiles = victims.map((victim) =>
      this.#attack(user, `/api/users/${victim}`, profileAnswer(victim), victim),
    );
    const document = this.#random.pick(this.#documents);
    if (document.owner === user || document.readers.includes(user)) return profiles;
    const path = `/api/documents/${document.id}`;
    return [...profiles, this.#attack(user, path, documentAnswer(document), document.owner)];
  }

  #attack(user: string, path: string, answer: object, owner: string): Call {
    return { ...get(user, path, answer), truth: owner === user ? "honest" : "attack" };
  }

  #shop(user: string): readonly Call[] {
    const calls: Call[] = [];
    if (this.#random.chance(0.4)) {
      const order = this.#makeOrder(user);
      const items = [{ productId: this.#random.pick(this.#products), quantity: 1 }];
      calls.push({
        ...get(user, "/api/orders", orderAnswer(order)),
        method: "POST",
        status: 201,
        body: { items },
      });
    }
    const own = this.#orders.filter(({ owner }) => owner === user).slice(-20);
    if (this.#random.chance(0.7)) {
      calls.push(get(user, "/api/orders", listOf(own.map(orderAnswer))));
    }
    // The confirmation's link, or a click in the list.
    for (const order of own.slice(-2)) {
      calls.push(get(user, `/api/orders/${order.id}`, orderAnswer(order)));
    }
    return [get(user, `/api/users/${user}`, profileAnswer(user)), ...calls];
  }

  #browse(user: string): readonly Call[] {
    const at = this.#random.below(this.#products.length);
    const page = this.#products.slice(at, at + 20).map((id) => ({ id, name: `Chair ${id}` }));
    const found = this.#random.pick(this.#products);
    return [
      get(user, "/api/products", { items: page }, { query: `offset=${at}` }),
      get(user, `/api/products/${found}`, { id: found, name: `Chair ${found}` }),
    ];
  }

  #work(user: string): readonly Call[] {
    const calls: Call[] = [];
    if (this.#random.chance(0.3)) {
      const document = this.#makeDocument(user);
      calls.push({
        ...get(user, "/api/documents", documentAnswer(document)),
        method: "POST",
        status: 201,
        body: { title: "Notes" },
      });
    }
    const readable = this.#documents.filter(
      ({ owner, readers }) => owner === user || readers.includes(user),
    );
    const isListed = this.#random.chance(0.8);
    if (isListed) calls.push(get(user, "/api/documents", listOf(readable.map(documentAnswer))));
    // Without the list one opens one's own, or what somebody sent a link to.
    const opened = isListed ? readable : readable.filter(({ owner }) => owner === user);
    for (const document of opened.slice(-3)) {
      calls.push(get(user, `/api/documents/${document.id}`, documentAnswer(document)));
    }
    return calls;
  }

  #meet(user: string): readonly Call[] {
    const group = this.#groups.find(({ members }) => members.includes(user));
    if (group === undefined) return this.#browse(user);
    const projects = group.projects.map((id) => ({ id, groupId: group.id }));
    const project = this.#random.pick(group.projects);
    return [
      get(user, `/api/groups/${group.id}/projects`, listOf(projects)),
      get(user, `/api/projects/${project}`, { id: project, groupId: group.id }),
    ];
  }

  #read(user: string): readonly Call[] {
    const posts = Array.from({ length: 10 }, () => ({
      id: this.#random.below(300) + 1,
      title: "On chairs",
      authorUserId: Number(this.#random.pick(this.users)),
    }));
    return [get(user, "/api/posts", { posts })];
  }

  #makeOrder(owner: string): Order {
    const order = { id: (this.#orders.at(-1)?.id ?? 0) + 1 + this.#random.below(3), owner };
    this.#orders.push(order);
    return order;
  }

  #makeDocument(owner: string): Document {
    const readers = this.#random.chance(0.3)
      ? Array.from({ length: 1 + this.#random.below(3) }, () => this.#random.pick(this.users))
      : [];
    const document = { id: this.#random.uuid(), owner, readers };
    this.#documents.push(document);
    return document;
  }
}

function get(user: string, path: string, answer: object, more: Partial<Call> = {}): Call {
  return { user, method: "GET", path, status: 200, answer, truth: "honest", ...more };
}

function refused(user: string, path: string): Call {
  return get(user, path, { error: "not found" }, { status: 404, truth: "probe" });
}

function listOf(items: readonly object[]): object {
  return { data: items, total: items.length };
}

function orderAnswer({ id }: Order): object {
  return { id, status: "shipped", total: 49.5 };
}

function documentAnswer({ id }: Document): object {
  return { id, title: "Notes" };
}

function profileAnswer(id: string): object {
  return { id: Number(id), name: "Ann" };
}
