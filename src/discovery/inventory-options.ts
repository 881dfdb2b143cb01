/** What bounds the inventory's memory. Over a bound, new things are counted as ignored. */
export interface InventoryLimits {
  /** Hosts. */
  readonly hostsMax: number;
  /** Endpoints of all hosts together. */
  readonly endpointsMax: number;
  /** Places in the URL space of one host. */
  readonly placesPerHostMax: number;
  /** Segments kept at one place that may be literals or values; above, sure values are folded. */
  readonly candidatesMax: number;
  /** Clients of which is remembered whether they are scanning. */
  readonly clientsMax: number;
  /** Web pages remembered to tell the one that answers every path. */
  readonly pagesMax: number;
  /** Former ids of endpoints that were joined with others. */
  readonly aliasesMax: number;
  /** Pairs of a calling address and a called host. */
  readonly serviceCallsMax: number;
}

export const defaultInventoryLimits: InventoryLimits = {
  hostsMax: 256,
  endpointsMax: 20_000,
  placesPerHostMax: 50_000,
  candidatesMax: 96,
  clientsMax: 20_000,
  pagesMax: 256,
  aliasesMax: 20_000,
  serviceCallsMax: 4_000,
};

export interface InventoryOptions {
  readonly limits?: Partial<InventoryLimits>;
  /** The time against which dormancy is told; the newest exchange seen unless given. */
  readonly now?: () => number;
}
