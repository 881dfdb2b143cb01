/** What a person decided about path templates of a host; no later learning undoes it. */
export interface TemplatePin {
  readonly id: string;
  /**
   * `split`: segments of the last place are literals; `merge`: literals of it are values of one
   * parameter; `rename`: its parameter has this name; `template`: the whole template stays as it is.
   */
  readonly kind: "split" | "merge" | "rename" | "template";
  readonly host: string;
  /** The template down to the place in question, whose parameter is its last segment. */
  readonly path: string;
  /** Segments that are literals (`split`; none named: all) or values (`merge`, `template`). */
  readonly texts: readonly string[];
  readonly createdMs: number;
  /** Account that decided it. */
  readonly by?: string;
}

/** Hosts that a person, or evidence beyond doubt, declared to serve the same API. */
export interface HostMerge {
  readonly host: string;
  /** The host under which the endpoints of both are listed. */
  readonly into: string;
  readonly createdMs: number;
  readonly by?: string;
}
