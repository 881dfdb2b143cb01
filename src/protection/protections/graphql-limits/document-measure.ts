import type {
  ArgumentNode,
  DocumentNode,
  FieldNode,
  FragmentDefinitionNode,
  OperationDefinitionNode,
  SelectionNode,
  SelectionSetNode,
} from "graphql";

/** What executing an operation may amount to, its fragments included. */
export interface OperationMeasure {
  readonly depth: number;
  /** Fields of the widest selection. */
  readonly breadth: number;
  readonly fields: number;
  readonly aliases: number;
  /** Most times that one selection asks for the same field under the same name. */
  readonly repeats: number;
  readonly directives: number;
  /** Most directives on one field, fragment or operation. */
  readonly directivesAtOnce: number;
  /** Fields times the list sizes that are asked for. */
  readonly cost: number;
  /** Fields of the introspection system, other than `__typename`. */
  readonly introspection: number;
  /** Levels of `fields` within introspection: two are what tools ask for, more only grow. */
  readonly introspectionDepth: number;
}

/** A fragment that spreads itself, however indirectly. */
export const fragmentCycle = "fragment-cycle";

type Measured = { -readonly [Key in keyof OperationMeasure]: OperationMeasure[Key] };

/** Sums are cut here: no limit is higher, and fragments that double each other overflow no number. */
const sumMax = 1e12;
/** What a list is taken to have when a variable without value says how much. */
const listLengthUnknown = 10;

const listArguments: ReadonlySet<string> = new Set([
  "first",
  "last",
  "limit",
  "take",
  "top",
  "size",
  "count",
  "pageSize",
  "page_size",
  "perPage",
  "per_page",
]);

/** Measures one operation; each fragment is measured once, however often it is spread. */
export function measureOperation(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): OperationMeasure | typeof fragmentCycle {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === "FragmentDefinition") fragments.set(definition.name.value, definition);
  }
  const measurement = new Measurement(fragments, variables);
  const measured = measurement.selections(operation.selectionSet);
  if (measurement.hasCycle) return fragmentCycle;
  const own = operation.directives?.length ?? 0;
  return {
    ...measured,
    directives: measured.directives + own,
    directivesAtOnce: Math.max(measured.directivesAtOnce, own),
  };
}

class Measurement {
  hasCycle = false;
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly #variables: Readonly<Record<string, unknown>>;
  readonly #known = new Map<string, OperationMeasure>();
  readonly #underWay = new Set<string>();

  constructor(
    fragments: ReadonlyMap<string, FragmentDefinitionNode>,
    variables: Readonly<Record<string, unknown>>,
  ) {
    this.#fragments = fragments;
    this.#variables = variables;
  }

  selections({ selections }: SelectionSetNode): OperationMeasure {
    const total = { ...empty };
    const asked = new Map<string, number>();
    for (const selection of selections) {
      addTo(total, this.#selection(selection));
      const own = selection.directives?.length ?? 0;
      total.directives = Math.min(total.directives + own, sumMax);
      total.directivesAtOnce = Math.max(total.directivesAtOnce, own);
      const key = repeatKeyOf(selection);
      if (key === undefined) continue;
      const count = (asked.get(key) ?? 0) + 1;
      asked.set(key, count);
      total.repeats = Math.max(total.repeats, count);
    }
    total.breadth = Math.max(total.breadth, selections.length);
    return total;
  }

  #selection(selection: SelectionNode): OperationMeasure {
    if (selection.kind === "Field") return this.#field(selection);
    if (selection.kind === "InlineFragment") return this.selections(selection.selectionSet);
    return this.#fragment(selection.name.value);
  }

  #field(field: FieldNode): OperationMeasure {
    const name = field.name.value;
    const below = field.selectionSet === undefined ? empty : this.selections(field.selectionSet);
    const isIntrospection = name === "__schema" || name === "__type";
    const times = listLengthOf(field.arguments ?? [], this.#variables);
    return {
      ...below,
      depth: below.depth + 1,
      fields: Math.min(below.fields + 1, sumMax),
      aliases: Math.min(below.aliases + (field.alias === undefined ? 0 : 1), sumMax),
      cost: Math.min(1 + below.cost * times, sumMax),
      introspection: Math.min(below.introspection + (isIntrospection ? 1 : 0), sumMax),
      introspectionDepth: below.introspectionDepth + (name === "fields" ? 1 : 0),
    };
  }

  #fragment(name: string): OperationMeasure {
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const definition = this.#fragments.get(name);
    if (definition === undefined) return empty;
    if (this.#underWay.has(name)) {
      this.hasCycle = true;
      return empty;
    }
    this.#underWay.add(name);
    const measured = this.selections(definition.selectionSet);
    this.#underWay.delete(name);
    this.#known.set(name, measured);
    return measured;
  }
}

const empty: OperationMeasure = {
  depth: 0,
  breadth: 0,
  fields: 0,
  aliases: 0,
  repeats: 0,
  directives: 0,
  directivesAtOnce: 0,
  cost: 0,
  introspection: 0,
  introspectionDepth: 0,
};

function addTo(total: Measured, part: OperationMeasure): void {
  for (const key of ["fields", "aliases", "directives", "cost", "introspection"] as const) {
    total[key] = Math.min(total[key] + part[key], sumMax);
  }
  for (const key of [
    "depth",
    "breadth",
    "repeats",
    "directivesAtOnce",
    "introspectionDepth",
  ] as const) {
    total[key] = Math.max(total[key], part[key]);
  }
}

function repeatKeyOf(selection: SelectionNode): string | undefined {
  if (selection.kind === "Field") return selection.alias?.value ?? selection.name.value;
  if (selection.kind === "FragmentSpread") return `...${selection.name.value}`;
  // Inline fragments on one type are how fields of several conditions are written.
  return undefined;
}

function listLengthOf(
  parameters: readonly ArgumentNode[],
  variables: Readonly<Record<string, unknown>>,
): number {
  let length = 1;
  for (const { name, value } of parameters) {
    if (!listArguments.has(name.value)) continue;
    if (value.kind === "IntValue") length = Math.max(length, Number(value.value));
    if (value.kind !== "Variable") continue;
    const given = variables[value.name.value];
    length = Math.max(length, typeof given === "number" ? given : listLengthUnknown);
  }
  return Math.min(length, sumMax);
}
